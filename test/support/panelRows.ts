// Rows of the panel, which makes them in steps, at once.

import { rowsInSteps, whatIfRowsInSteps } from "../../client/webview/model/instanceRecords";
import { finished } from "../../client/webview/model/steps";
import { visibleInSteps } from "../../client/webview/model/visibleRows";

export const rowsOf = (...given: Parameters<typeof rowsInSteps>) => finished(rowsInSteps(...given));

export const whatIfRows = (...given: Parameters<typeof whatIfRowsInSteps>) =>
  finished(whatIfRowsInSteps(...given));

export const visibleRows = (...given: Parameters<typeof visibleInSteps>) =>
  finished(visibleInSteps(...given));
