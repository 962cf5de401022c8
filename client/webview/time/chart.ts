// A chart of tasks against container instances over the steps of a timeline. The picture is for the eye; its words say
// the same.

import { counted, countText, instanceCount } from "../../../server/src/core/text/counts";
import { element, setText, svgElement } from "../dom/dom";

export interface ChartPoint {
  readonly nodes: number;
  readonly wanted: number;
  readonly tasks: number;
  /** Those of the running tasks that are of an old revision. */
  readonly old: number;
  /** Since the beginning. */
  readonly seconds: number;
}

export interface Chart {
  readonly element: HTMLElement;
  update(points: readonly ChartPoint[], current: number): void;
}

/** In the picture's own units; it is stretched to the width there is, its lines are not. */
const width = 1000;
const height = 100;

const series = [
  { name: "nodes", title: "container instances" },
  { name: "wanted", title: "expected tasks" },
  { name: "tasks", title: "running tasks" },
] as const satisfies readonly { readonly name: keyof ChartPoint; readonly title: string }[];

/** `choose` is called with the step that was clicked. */
export function createChart(choose: (step: number) => void): Chart {
  const picture = svgElement("svg", {
    viewBox: `0 0 ${width} ${height}`,
    preserveAspectRatio: "none",
    role: "img",
    class: "chart-picture",
  });
  const tasks = createTaskAreas();
  const lines = series.map(({ name }) => svgElement("path", { class: `chart-line ${name}` }));
  const marker = svgElement("rect", { class: "chart-now", y: "0", height: String(height) });
  picture.append(marker, ...tasks.areas, ...lines);
  const top = element("span");
  const scale = element("div", { class: "chart-scale muted", attributes: { "aria-hidden": "true" } }, [
    top,
    element("span", { text: "0" }),
  ]);
  let count = 0;
  picture.addEventListener("click", (event) => {
    const { left, width: wide } = picture.getBoundingClientRect();
    if (count > 0 && wide > 0)
      choose(Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - left) / wide) * count))));
  });
  const legend = element(
    "div",
    { class: "chart-legend muted", attributes: { "aria-hidden": "true" } },
    series.map(({ name, title }) =>
      element("span", {}, [element("span", { class: `chart-key ${name}` }), ` ${title}`]),
    ),
  );
  legend.append(tasks.oldKey);
  const frame = element("div", { class: "chart-frame" }, [scale]);
  frame.append(picture);
  const end = element("span");
  const axis = element("div", { class: "chart-axis muted", attributes: { "aria-hidden": "true" } }, [
    element("span", { text: "0 s" }),
    end,
  ]);
  return {
    element: element("div", { class: "chart" }, [legend, frame, axis]),
    update: (points, current) => {
      count = points.length;
      const most = points.reduce((highest, it) => Math.max(highest, it.nodes, it.wanted), 1);
      series.forEach(({ name }, index) => {
        lines[index]?.setAttribute(
          "d",
          pathOf(
            points.map((it) => it[name]),
            most,
          ),
        );
      });
      tasks.update(points, most);
      marker.setAttribute("x", String((current / Math.max(1, count)) * width));
      marker.setAttribute("width", String(width / Math.max(1, count)));
      setText(top, countText(most));
      setText(end, `${countText(points.at(-1)?.seconds ?? 0)} s`);
      picture.setAttribute("aria-label", describe(points, current));
    },
  };
}

/** The running tasks: the new revision at the bottom, the old one above it; their sum is the line of running tasks. */
function createTaskAreas() {
  const area = svgElement("path", { class: "chart-area" });
  const oldArea = svgElement("path", { class: "chart-area old" });
  const oldKey = element("span", {}, [element("span", { class: "chart-key old" }), " of the old revision"]);
  return {
    areas: [area, oldArea],
    oldKey,
    update: (points: readonly ChartPoint[], most: number) => {
      area.setAttribute(
        "d",
        bandOf(
          points,
          most,
          (it) => it.tasks - it.old,
          () => 0,
        ),
      );
      const isMixed = points.some((it) => it.old > 0);
      oldKey.hidden = !isMixed;
      oldArea.setAttribute(
        "d",
        isMixed
          ? bandOf(
              points,
              most,
              (it) => it.tasks,
              (it) => it.tasks - it.old,
            )
          : "",
      );
    },
  };
}

/** What lies between two values, step by step. */
function bandOf(
  points: readonly ChartPoint[],
  most: number,
  upper: (point: ChartPoint) => number,
  lower: (point: ChartPoint) => number,
): string {
  const x = (step: number) => round((step / points.length) * width);
  const there = points.map((it, step) => `L ${x(step)} ${y(upper(it), most)} H ${x(step + 1)}`);
  const back = points.map((it, step) => `L ${x(step + 1)} ${y(lower(it), most)} H ${x(step)}`).reverse();
  return points.length === 0 ? "" : `M ${[...there, ...back].join(" ").slice(2)} Z`;
}

// A line at the very edge would be cut in half.
const y = (value: number, most: number) => round(height - 3 - (value / most) * (height - 8));

/** Every step is as wide as the others, and level: between steps nobody knows. */
function pathOf(values: readonly number[], most: number): string {
  const x = (step: number) => round((step / values.length) * width);
  return values
    .map((value, step) => `${step === 0 ? `M 0 ${y(value, most)}` : `V ${y(value, most)}`} H ${x(step + 1)}`)
    .join(" ");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function describe(points: readonly ChartPoint[], current: number): string {
  const range = (name: keyof ChartPoint) => {
    const values = points.map((it) => it[name]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return least === most ? countText(most) : `${countText(least)} to ${countText(most)}`;
  };
  const now = points[current];
  return [
    `Tasks against container instances over ${counted(points.length, "step")}:`,
    `container instances: ${range("nodes")}; expected tasks: ${range("wanted")}; running tasks: ${range("tasks")}.`,
    now === undefined
      ? ""
      : `In step ${current + 1}: ${instanceCount(now.nodes)}, ${countText(now.tasks)} of ${countText(now.wanted)} expected tasks run${now.old > 0 ? `, ${countText(now.old)} of them of the old revision` : ""}.`,
  ].join(" ");
}
