// Previews on their way from the server to the page, packed: made whole for the host, and sent on without the fleet
// that the page has already.

import type {
  PackedFleet,
  PackedPreview,
  PackedPreviewAnswer,
  PackedPreviewParams,
  PreviewAnswer,
  PreviewParams,
  PreviewResult,
} from "../../../server/src/lsp/protocol/protocol";
import { fleetOf, type UnpackedFleet, unpackPreview } from "../../webview/model/unpackPreview";

export interface PackedAnswers {
  /** Asks for the preview. Rejects where `request` does. */
  ask(params: PreviewParams): Promise<PreviewAnswer>;
  /** An answer of `ask`, as short as the page can read it; what is returned must be sent. */
  forPage(result: PreviewResult): PackedPreview | PreviewResult;
  /** The page was loaded anew and has no fleet. */
  pageLoaded(): void;
}

export function createPackedAnswers(
  request: (params: PackedPreviewParams) => Promise<PackedPreviewAnswer>,
): PackedAnswers {
  const packed = new WeakMap<PreviewResult, PackedPreview & { readonly fleet: PackedFleet }>();
  let known: { readonly fleet: UnpackedFleet; readonly packed: PackedFleet } | undefined;
  let fleetOfPage: string | undefined;
  const ask = async (params: PreviewParams): Promise<PreviewAnswer> => {
    const asked = known;
    const answer = await request({ ...params, ...(asked !== undefined && { fleet: asked.fleet.id }) });
    if ("error" in answer) return answer;
    const fleet = fleetOf(answer, asked?.fleet);
    const whole = "instances" in answer.fleet ? answer.fleet : asked?.packed;
    if (fleet === undefined || whole === undefined) {
      known = undefined;
      return asked === undefined ? unreadable : ask(params);
    }
    known = { fleet, packed: whole };
    const result = unpackPreview(answer, fleet);
    packed.set(result, { ...answer, fleet: whole });
    return result;
  };
  return {
    ask,
    forPage: (result) => {
      const short = packed.get(result);
      if (short === undefined) return result;
      const { id } = short.fleet;
      if (id === fleetOfPage) return { ...short, fleet: { id } };
      fleetOfPage = id;
      return short;
    },
    pageLoaded: () => {
      fleetOfPage = undefined;
    },
  };
}

const unreadable: PreviewAnswer = {
  error: { code: "unexpected", message: "The language server named a fleet that it never sent." },
};
