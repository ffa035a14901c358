"""A person's way through the API with the client that openapi-python-client makes."""

import sys
from uuid import UUID

from notes_client import Client
from notes_client.api.auth import register
from notes_client.api.notes import create_note, list_notes, restore_note, search_notes, trash_note
from notes_client.models import Account, Hits, NewNote, Note, NoteList, Place, Registration

name, address = sys.argv[1:]
client = Client(base_url=address)


def listed(place: Place) -> list[Note]:
    notes = list_notes.sync(client=client, place=place)
    assert isinstance(notes, NoteList), notes
    return notes.items


account = register.sync(client=client, body=Registration(email=f"{name}@example.com", username=name, password="a password of the check"))
assert isinstance(account, Account) and account.username == name, account
note = create_note.sync(client=client, body=NewNote(title="Groceries", content="- [ ] eggs"))
assert isinstance(note, Note) and isinstance(note.id, UUID), note
hits = search_notes.sync(client=client, q="eggs")
assert isinstance(hits, Hits) and [hit.note.id for hit in hits.items] == [note.id], hits
trashed = trash_note.sync(id=note.id, client=client)
assert isinstance(trashed, Note) and trashed.place is Place.TRASH, trashed
assert listed(Place.ACTIVE) == []
assert [one.title for one in listed(Place.TRASH)] == ["Groceries"]
restored = restore_note.sync(id=note.id, client=client)
assert isinstance(restored, Note) and restored.place is Place.ACTIVE, restored
assert len(listed(Place.ACTIVE)) == 1
