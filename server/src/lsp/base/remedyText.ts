// Remedies in the words of an editor: its commands and settings. What a button does is data beside the words.

import type { RemedyWords } from "../../ecs/remedy";

export const editorWords: RemedyWords = {
  text: ({ text }) => text,
  signIn: ({ profile, isCertain }) =>
    isCertain
      ? `Sign in to the profile "${profile}" again.`
      : `Renew them; with SSO, sign in to the profile "${profile}" again.`,
  chooseProfile: () => "Choose another profile with Select Cluster, or sign in with the AWS CLI.",
  chooseRegion: () => "Choose one with Select Cluster, or set ecsDaemon.aws.region.",
  startLocal: () => "Choose the local cluster, or correct the setting ecsDaemon.aws.endpointUrl.",
  findCluster: () => "Choose one with Select Cluster.",
  repeat: ({ later }) =>
    later ? "Wait a minute and try again." : "Try again: it continues from what was reached.",
};
