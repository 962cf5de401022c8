// All styles of the panel, in the order in which one outweighs another.

import "./webview.css";
import "./picture.css";
import "./table.css";
import "./detail.css";
import "./simulation.css";
import "./expressionBox.css";
import "./narrow.css";
