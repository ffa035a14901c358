// Starts the page.
import { mount } from "svelte";
import "./styles/base.css";
import "./styles/controls.css";
import App from "./App.svelte";
import { session } from "./state/session.svelte";
import { paintBar } from "./state/settings.svelte";

paintBar();
void session.start();
// What this device has is seen first; whoever comes for the first time waits for the service.
void import("./state/restore").catch(() => {});
void import("./state/reading").catch(() => {});
mount(App, { target: document.getElementById("app")! });
