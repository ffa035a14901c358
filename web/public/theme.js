// Applies the chosen theme and language before the first paint; the rest of the page comes later.
{
  const root = document.documentElement;
  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      // Storage is forbidden: what the system says is used.
      return null;
    }
  };
  const theme = kept("theme");
  if (theme) root.dataset.theme = theme;

  /** Languages that the page is translated to, with the direction of those that are written from right to left. */
  const LANGUAGES = { en: "ltr", de: "ltr", es: "ltr", ja: "ltr", ar: "rtl" };
  const base = (tag) => tag.toLowerCase().split("-")[0];
  const chosen = kept("language");
  const wanted = navigator.languages ?? [];
  const language = [chosen ?? "", ...wanted].map(base).find((name) => name in LANGUAGES) ?? "en";
  // With its region, if the browser names one: dates differ by it.
  root.lang = wanted.find((tag) => base(tag) === language) ?? language;
  root.dir = LANGUAGES[language];
}
