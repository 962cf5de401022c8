// All styles of the panel, in the order in which one outweighs another.

import "./webview.css";
import "./fleetMap/picture.css";
import "./table/table.css";
import "./table/detail.css";
import "./time/simulation.css";
import "./expression/expressionBox.css";
import "./managed/managed.css";
import "./narrow.css";
