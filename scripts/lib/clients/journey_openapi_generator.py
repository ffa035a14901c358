"""A person's way through the API with the client in Python that the OpenAPI Generator makes."""

import sys

from openapi_client import ApiClient, AuthApi, Configuration, NewNote, NotesApi, Place, Registration

name, address = sys.argv[1:]
configuration = Configuration(host=address)
person = Registration(email=f"{name}@example.com", username=name, password="a password of the check")
answer = AuthApi(ApiClient(configuration)).register_with_http_info(person)
assert answer.data.username == name, answer
cookie = next(value for header, value in answer.headers.items() if header.lower() == "set-cookie").partition(";")[0]
notes = NotesApi(ApiClient(configuration, cookie=cookie))

note = notes.create_note(NewNote(title="Groceries", content="- [ ] eggs"))
assert [hit.note.id for hit in notes.search_notes(q="eggs").items] == [note.id]
assert notes.trash_note(note.id).place is Place.TRASH
assert notes.list_notes(place=Place.ACTIVE).items == []
assert [one.title for one in notes.list_notes(place=Place.TRASH).items] == ["Groceries"]
assert notes.restore_note(note.id).place is Place.ACTIVE
assert len(notes.list_notes().items) == 1
