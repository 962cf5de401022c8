/** Under these names VS Code keeps the panels over a reload of the window. */
export const previewViewType = "ecsDaemon.preview";
export const coverageViewType = "ecsDaemon.coverage";
