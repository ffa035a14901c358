#!/usr/bin/env python3
"""Writes rules with their first times as python-dateutil has them: the judge of the rules here.

    pip install python-dateutil==2.9.0.post0
    python3 service/src/domain/recurrence/tests/generate.py > service/src/domain/recurrence/tests/expected.txt

Each line: rule, start, and the dates of up to 10 times. Rules are the same in every run.
"""

import random
import re
from datetime import datetime, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def some(values, most):
    return ",".join(str(value) for value in random.sample(values, random.randint(1, most)))


def rule(start):
    frequency = random.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    parts = [f"FREQ={frequency}"]
    if random.random() < 0.5:
        parts.append(f"INTERVAL={random.randint(1, 7)}")
    end = random.random()
    if end < 0.2:
        parts.append(f"COUNT={random.randint(1, 20)}")
    elif end < 0.3:
        until = start + timedelta(days=random.randint(0, 1500), seconds=random.randint(0, 90000))
        parts.append(f"UNTIL={until:%Y%m%dT%H%M%S}")
    named = False
    if random.random() < 0.3:
        parts.append(f"BYMONTH={some(range(1, 13), 4)}")
        named = True
    if frequency != "WEEKLY" and random.random() < 0.35:
        month_days = [day for day in range(-31, 32) if day != 0]
        parts.append(f"BYMONTHDAY={some(month_days, 6)}")
        named = True
    if random.random() < 0.5:
        days = random.sample(DAYS, random.randint(1, 4))
        if frequency in ("MONTHLY", "YEARLY"):
            within_year = frequency == "YEARLY" and not any(part.startswith("BYMONTH=") for part in parts)
            most = 53 if within_year else 5
            days = [
                (str(random.choice([-1, 1]) * random.randint(1, most)) if random.random() < 0.5 else "") + day
                for day in days
            ]
        parts.append(f"BYDAY={','.join(days)}")
        named = True
    if frequency in ("MONTHLY", "YEARLY") and named and random.random() < 0.3:
        positions = [position for position in range(-6, 7) if position != 0]
        parts.append(f"BYSETPOS={some(positions, 3)}")
    if random.random() < 0.25:
        parts.append(f"WKST={random.choice(DAYS)}")
    return ";".join(parts)


def times(text, start):
    """Some rules have no further time, which dateutil looks for up to the year 9999."""
    return list(islice(rrulestr(text, dtstart=start), 10))


def is_mixed(text):
    """Days with and without numbers in one list: dateutil wants a day to be of both kinds, the RFC of either."""
    days = re.search("BYDAY=([^;]*)", text)
    numbered = [any(char.isdigit() for char in day) for day in days[1].split(",")] if days else []
    return len(set(numbered)) > 1


def main():
    random.seed(5545)
    for _ in range(700):
        start = datetime(1990, 1, 1) + timedelta(days=random.randint(0, 15000), seconds=random.randint(0, 86399))
        text = rule(start)
        if is_mixed(text):
            continue
        found = times(text, start)
        if any(time.year - start.year > 150 for time in found):
            continue
        shown = " ".join(f"{time:%Y%m%d}" for time in found)
        print(f"{text} {start.isoformat()} {shown}".rstrip())


if __name__ == "__main__":
    main()
