"""The server of scripts/postgres lives exactly as long as the command beside it."""

import os
import signal
import socket
import subprocess
import time
import unittest
from pathlib import Path
from urllib.parse import urlsplit

POSTGRES = Path(__file__).resolve().parents[1] / "postgres"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}


def answers(url: str) -> bool:
    address = urlsplit(url)
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((address.hostname, address.port)) == 0


class Postgres(unittest.TestCase):
    def start(self, *command: str) -> tuple[subprocess.Popen, str]:
        """The script around a command, and the address that the command printed."""
        running = subprocess.Popen([POSTGRES, "run", "--", *command], env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert running.stdout
        return running, running.stdout.readline().strip()

    def test_the_exit_code_is_the_commands_and_the_server_is_gone(self):
        running, url = self.start("sh", "-c", 'echo "$TEST_DATABASE_URL"; read -r _; exit 7')
        self.assertTrue(answers(url))
        running.communicate("go on\n")
        self.assertEqual(running.returncode, 7)
        self.assertFalse(answers(url))

    def test_a_script_that_is_killed_leaves_no_server(self):
        running, url = self.start("sh", "-c", 'echo "$TEST_DATABASE_URL"; read -r _')
        self.assertTrue(answers(url))
        running.send_signal(signal.SIGKILL)
        running.communicate("")
        end = time.monotonic() + 10
        while answers(url) and time.monotonic() < end:
            time.sleep(0.1)
        self.assertFalse(answers(url))

    def test_a_server_that_is_given_is_taken(self):
        given = {**ENVIRONMENT, "TEST_DATABASE_URL": "postgres://elsewhere/x"}
        ran = subprocess.run([POSTGRES, "run", "--", "printenv", "TEST_DATABASE_URL"], env=given, capture_output=True, text=True)
        self.assertEqual(ran.stdout.strip(), "postgres://elsewhere/x")


if __name__ == "__main__":
    unittest.main()
