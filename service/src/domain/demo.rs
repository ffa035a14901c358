//! Notes that `notes seed` writes for development and demonstrations, covering every place, colour and label, checklists and reminders.

use super::note::Color;
use super::samples::{Samples, sample_note};

const COFFEE: usize = 0;
const SHOPPING: usize = 1;
const RECIPES: usize = 2;
const WORK: usize = 3;
const PERSONAL: usize = 4;
const IDEAS: usize = 5;

/// Demo content: six labels, twenty active notes, five archived notes and five notes in the trash.
pub const DEMO: Samples = Samples {
    labels: &[
        ("Coffee", Color::Orange),
        ("Shopping", Color::Green),
        ("Recipes", Color::Red),
        ("Work", Color::Blue),
        ("Personal", Color::Purple),
        ("Ideas", Color::Yellow),
    ],
    notes: &[
        sample_note(
            "This week",
            "- [x] send the invoice for October\n- [x] book the train to Lyon\n- [ ] answer Mira about the workshop\n\
             - [ ] call the landlord: the radiator knocks\n- [ ] water the neighbour's plants\n",
        )
        .color(Color::Yellow)
        .labels(&[PERSONAL])
        .pinned()
        .reminds_in_hours(20),
        sample_note(
            "Pour-over, the one that works",
            "**15 g** coffee, **250 g** water, 94 °C, medium-fine.\n\n\
             1. 45 g water, wait 40 s\n2. to 150 g until 1:15\n3. to 250 g until 1:50\n4. done at about 2:45\n\n\
             > Sour: finer. Bitter: coarser. Flat: newer beans.\n",
        )
        .color(Color::Orange)
        .labels(&[COFFEE])
        .pinned(),
        sample_note(
            "Groceries",
            "- [ ] oat milk\n- [ ] eggs\n- [x] chickpeas\n- [ ] coriander, a large bunch\n- [ ] lemons, six\n- [x] rye flour\n",
        )
        .color(Color::Green)
        .labels(&[SHOPPING])
        .pinned(),
        sample_note(
            "Release checklist",
            "- [x] change log read by somebody who did not write it\n- [x] migrations tried on a copy\n\
             - [ ] dashboards open\n- [ ] roll out to one task, wait ten minutes\n    - [ ] error rate\n    - [ ] p99 of `/api/notes`\n\
             - [ ] roll out to all\n- [ ] tell support what changed\n",
        )
        .color(Color::Blue)
        .labels(&[WORK])
        .pinned()
        .reminds_in_hours(3),
        sample_note(
            "Beans to try",
            "| roaster | bean | notes |\n|---|---|---|\n| the small one by the canal | Sidamo, washed | jasmine, lemon |\n\
             | market, Saturdays | Huila | panela, plum |\n| a gift | Kenya AB | blackcurrant, do not grind too fine |\n",
        )
        .labels(&[COFFEE, SHOPPING]),
        sample_note(
            "Lentil soup for a cold Tuesday",
            "Onion, carrot, celery in olive oil until sweet. Cumin, coriander seed, a bay leaf.\n\n\
             - 300 g red lentils\n- 1.2 l stock\n- juice of a lemon, at the end\n\n\
             Twenty minutes. Serve with yoghurt and *chilli oil*.\n",
        )
        .color(Color::Red)
        .labels(&[RECIPES]),
        sample_note(
            "Retro, what we said",
            "### keep\n\n- small pull requests\n- one person watches the deploy, and says so\n\n### change\n\n\
             - alarms that nobody reads: delete or fix, by Friday\n- estimates in days, not in points\n",
        )
        .color(Color::Blue)
        .labels(&[WORK]),
        sample_note(
            "",
            "A bench is a promise that somebody may stay.",
        )
        .color(Color::Pink)
        .labels(&[IDEAS]),
        sample_note(
            "Flat, before winter",
            "- [ ] bleed the radiators\n- [ ] draught strip for the balcony door\n- [x] chimney sweep\n- [ ] find the thick duvet\n",
        )
        .color(Color::Teal)
        .labels(&[PERSONAL])
        .reminds_in_hours(24 * 6),
        sample_note(
            "An app that says when to leave",
            "Not a route planner: it knows the calendar and the weather, and says one sentence.\n\n\
             > *Leave at 8:12, take the umbrella, the 8:20 is late anyway.*\n\n\
             What would make it wrong? Start there.\n",
        )
        .color(Color::Yellow)
        .labels(&[IDEAS]),
        sample_note(
            "SQL that I keep looking up",
            "```sql\nSELECT id, title,\n       row_number() OVER (PARTITION BY user_id ORDER BY updated_at DESC) AS nth\n  FROM notes\n```\n\n\
             `EXPLAIN (ANALYZE, BUFFERS)` before an opinion.\n",
        )
        .labels(&[WORK]),
        sample_note(
            "Focaccia, overnight",
            "| | |\n|---|---|\n| flour | 500 g |\n| water | 400 g |\n| salt | 10 g |\n| yeast | 3 g |\n| olive oil | too much |\n\n\
             Fridge for 18 h. Dimple with wet fingers. 230 °C, 22 minutes.\n",
        )
        .color(Color::Orange)
        .labels(&[RECIPES]),
        sample_note(
            "Presents",
            "- [ ] Jonas: the book about lighthouses\n- [ ] Mama: bulbs, *white* tulips\n- [x] Aylin: concert, two tickets\n",
        )
        .color(Color::Purple)
        .labels(&[SHOPPING, PERSONAL]),
        sample_note(
            "Questions for the interview",
            "1. What did you decide last month that you would undo?\n2. Who finds out first when production is down?\n\
             3. What is in the oldest open pull request?\n",
        )
        .labels(&[WORK]),
        sample_note(
            "Espresso machine",
            "Descale every **8 weeks**: last on 2 November. Gasket is size 8.5 mm.\n\n[Manual](https://example.com/manual), page 31.\n",
        )
        .color(Color::Teal)
        .labels(&[COFFEE])
        .reminds_in_hours(24 * 30),
        sample_note(
            "Words",
            "*petrichor* – the smell of rain on dry ground\n\n*apricity* – the warmth of the sun in winter\n\n*gloaming* – just before it is dark\n",
        )
        .color(Color::Pink)
        .labels(&[PERSONAL, IDEAS]),
        sample_note(
            "Pantry curry",
            "One tin each of coconut milk, chickpeas, tomatoes. Ginger, garlic, curry leaves if there are any.\n\nRice. ~~Naan~~ toast is fine.\n",
        )
        .color(Color::Green)
        .labels(&[SHOPPING, RECIPES]),
        sample_note(
            "Walk, nine kilometres",
            "From the station along the river to the mill, then up. Coffee at the mill until four.\n\n**Not** after rain.\n",
        )
        .color(Color::Green)
        .labels(&[PERSONAL]),
        sample_note(
            "Onboarding, first day",
            "- laptop, key, badge\n- somebody to have lunch with\n- one change in production before five o'clock\n",
        )
        .color(Color::Blue)
        .labels(&[WORK, IDEAS]),
        sample_note(
            "A shop for one thing",
            "Only umbrellas, or only buttons. The owner knows everything about it, and it is open from ten to one.\n",
        )
        .labels(&[IDEAS]),
        sample_note(
            "Lisbon, in May",
            "Stayed up the hill. Tram 28 only before eight. The fish place has no sign: *blue door, after the pharmacy*.\n",
        )
        .color(Color::Teal)
        .labels(&[PERSONAL])
        .archived(),
        sample_note(
            "Tax 2025",
            "- [x] statement of the bank\n- [x] receipts, scanned\n- [x] sent on 12 May\n",
        )
        .labels(&[PERSONAL])
        .archived(),
        sample_note(
            "Migration to the new cluster",
            "Done in four nights. Longest: the index on `notes_order`, 11 minutes.\n\nWhat we would do again: *the rehearsal*.\n",
        )
        .color(Color::Blue)
        .labels(&[WORK])
        .archived(),
        sample_note(
            "Cold brew, summer",
            "80 g to 1 l, 14 hours in the fridge, filter twice. Keeps five days.\n",
        )
        .color(Color::Orange)
        .labels(&[COFFEE, RECIPES])
        .archived(),
        sample_note(
            "Balcony",
            "Beans climbed, basil drowned, mint won. Next year: fewer pots, larger ones.\n",
        )
        .color(Color::Green)
        .labels(&[IDEAS])
        .archived(),
        sample_note("Old wifi password", "Changed in March.")
            .labels(&[PERSONAL])
            .trashed(),
        sample_note(
            "Party list",
            "- [x] ice\n- [x] lights\n- [x] tell the neighbours\n",
        )
        .color(Color::Purple)
        .labels(&[SHOPPING])
        .trashed(),
        sample_note("Standing desk?", "Measured the room: **no**.")
            .labels(&[IDEAS])
            .trashed(),
        sample_note("", "asdf")
            .color(Color::Red)
            .trashed(),
        sample_note(
            "Grinder, second hand",
            "Sold already. Ask again in spring.\n",
        )
        .color(Color::Orange)
        .labels(&[COFFEE, SHOPPING])
        .trashed(),
    ],
};
