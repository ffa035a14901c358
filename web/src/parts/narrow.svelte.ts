// Screens as narrow as those of phones: there, one toolbar is all that fits.

const query = matchMedia("(max-width: 40rem)");

class Narrow {
  yes = $state(query.matches);
}

export const narrow = new Narrow();
query.addEventListener("change", () => (narrow.yes = query.matches));
