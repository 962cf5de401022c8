// A style sheet is imported for its effect: the bundler gathers them in dist/webview.css.
declare module "*.css";
