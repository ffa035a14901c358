// Starts the page.
import { mount } from "svelte";
import "./styles/base.css";
import App from "./App.svelte";
import { session } from "./state/session.svelte";
import { paintBar } from "./state/settings.svelte";

paintBar();
void session.start();
const target = document.getElementById("app")!;
target.textContent = "";
mount(App, { target });

// In development, files change under their names.
if (import.meta.env.PROD) {
  addEventListener("load", () => void import("./offline").then(({ keepPage }) => keepPage()));
}
