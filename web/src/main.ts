// Starts the page.
import { mount } from "svelte";
import "./styles/base.css";
import "./styles/controls.css";
import App from "./App.svelte";
import { session } from "./state/session.svelte";
import { paintBar } from "./state/settings.svelte";

paintBar();
void session.start();
// In a task of its own: what has been loaded is compiled, and what the HTML shows can be painted before.
setTimeout(() => mount(App, { target: document.getElementById("app")! }));
