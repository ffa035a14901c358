//! Import of notes into an account, in bundles with a transaction each.
//!
//! A note with an identifier is imported once: a note that the account already contains stays unchanged, even in the trash. If a note of another
//! account has the identifier, it is replaced by one derived from the identifier and the importing user, so that a second import recognises the note,
//! and the user learns nothing about the other account.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::entity::{label, note, note_label, note_revision, tombstone, user};
use super::notes::KIND_NOTE;
use super::revision::{self, CounterChanges};
use super::{Owner, Store, filters, search, webhooks};
use crate::clock;
use crate::counted::format_count;
use crate::domain::label::name_key;
use crate::domain::limits::IMPORTED_VERSIONS;
use crate::domain::note::{Color, Place};
use crate::domain::portable::{Bundle, Identity, PortableNote};
use crate::domain::reminder::Reminder;
use crate::domain::webhook::OccurredEvent;
use crate::domain::{id, position};
use crate::error::{Code, Error};

/// Maximum number of notes in one bundle, far below the limit of parameters of either database. The notes of a bundle share a revision, which pages
/// of changes never split.
pub const BUNDLE_NOTES: usize = 100;
/// Maximum number of rows of other tables per statement.
const CHUNK: usize = 100;
/// Maximum number of attempts for a bundle; another transaction may take one of its identifiers in between.
const ATTEMPTS: usize = 3;

/// The result of importing one bundle.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Number of notes that were created.
    pub notes: usize,
    /// Number of labels that were created. Existing labels with the same names are used.
    pub labels: usize,
    /// Number of saved filters that were created. Existing filters with the same names stay unchanged.
    pub filters: usize,
    /// Names of saved filters that exceeded the limit.
    pub filters_without_room: Vec<String>,
    /// Number of notes that the account already contained, and that were left unchanged.
    pub present: usize,
    /// Indices in the bundle of those notes whose content in the account differs.
    pub differing: Vec<usize>,
    /// Indices in the bundle of notes that exceeded the limit of the account.
    pub without_room: Vec<usize>,
    /// Names of labels that exceeded the limit of the account.
    pub labels_without_room: Vec<String>,
    /// Index in the bundle and identifier of each note that is in the account now, new or existing.
    pub ids: Vec<(usize, Uuid)>,
}

/// An import in progress.
#[derive(Debug)]
pub struct Import {
    store: Store,
    owner: Owner,
    /// Positions that are reserved and not assigned yet. The first note of an import is the topmost.
    positions: std::ops::Range<i64>,
}

impl Store {
    /// Begins an import, whose notes are placed above the existing ones.
    pub fn begin_import(&self, owner: Owner) -> Import {
        Import {
            store: self.clone(),
            owner,
            positions: 0..0,
        }
    }
}

impl Import {
    /// Adds a bundle of at most [`BUNDLE_NOTES`] notes, up to the limits of the account. They are placed above the notes from before the import and
    /// below its earlier bundles. Existing labels keep their colour.
    pub async fn add_bundle(&mut self, bundle: &Bundle) -> Result<Imported, Error> {
        debug_assert!(bundle.notes.len() <= BUNDLE_NOTES);
        let mut attempt = 1;
        loop {
            match self.add_once(bundle).await {
                // Another transaction has taken one of the identifiers since the check.
                Err(error) if attempt < ATTEMPTS && is_id_taken(&error) => attempt += 1,
                outcome => return outcome,
            }
        }
    }

    async fn add_once(&mut self, bundle: &Bundle) -> Result<Imported, Error> {
        let (store, owner) = (self.store.clone(), self.owner);
        store.require_room().await?;
        let tx = store.begin_write().await?;
        let before = user::Entity::find_by_id(owner.id()).one(&tx).await?;
        let before = before.ok_or_else(|| Error::new(Code::Unauthenticated))?;
        let mut imported = Imported::default();
        let mut wanted = identify_notes(&tx, owner, bundle, &mut imported).await?;
        let most = store.max_notes(before.is_guest);
        let room =
            usize::try_from(i64::from(most) - i64::from(before.note_count)).unwrap_or_default();
        if wanted.len() > room {
            let without = wanted.split_off(room);
            imported.without_room = without.into_iter().map(|(number, _)| number).collect();
        }
        let named = list_needed_labels(bundle, &wanted);
        if wanted.is_empty() && named.is_empty() && bundle.filters.is_empty() {
            return Ok(imported);
        }
        let count = wanted.len();
        let taken = self.reserve_room(&tx, count, most).await?;
        let (labels, made) =
            create_missing_labels(&store, &tx, &taken.user, named, &mut imported).await?;
        let revision = taken.user.revision;
        (imported.filters, imported.filters_without_room) =
            filters::import_filters(&tx, owner, &bundle.filters, &labels, revision).await?;
        if count == 0 && made == 0 && imported.filters == 0 {
            return Ok(imported);
        }
        let ids: Vec<Uuid> = wanted.iter().map(|(_, id)| *id).collect();
        // A note that was deleted permanently exists again, so its tombstone must go.
        tombstone::Entity::delete_many()
            .filter(tombstone::Column::UserId.eq(owner.id()))
            .filter(tombstone::Column::Kind.eq(KIND_NOTE))
            .filter(tombstone::Column::EntityId.is_in(ids))
            .exec(&tx)
            .await?;
        let notes = wanted
            .iter()
            .map(|(number, id)| (&bundle.notes[*number], *id));
        insert_notes(&tx, owner, &taken, notes, &labels).await?;
        if count > 0 {
            let come = OccurredEvent::notes_imported(count);
            webhooks::insert_deliveries(&tx, &taken.user, taken.user.revision, &[come]).await?;
        }
        store
            .commit_revision(tx, owner, taken.user.revision)
            .await?;
        imported.ids.extend(wanted.iter().copied());
        self.positions = taken.positions;
        self.positions.start += i64::try_from(count).map_err(Error::internal)?;
        imported.notes = count;
        imported.labels = made;
        Ok(imported)
    }

    /// Takes a revision, adds to the number of notes, and reserves positions: on the first call, for all notes that the account may hold.
    async fn reserve_room(
        &self,
        tx: &DatabaseTransaction,
        count: usize,
        most: u32,
    ) -> Result<BundleReservation, Error> {
        let wanted = i64::try_from(count).map_err(Error::internal)?;
        let held = self.positions.end - self.positions.start;
        let more = if held < wanted {
            Ord::max(i64::from(most), wanted)
        } else {
            0
        };
        let taking = CounterChanges {
            notes: i32::try_from(count).map_err(Error::internal)?,
            positions: more,
            ..CounterChanges::default()
        };
        let user = revision::take_with_counters(tx, self.owner, taking).await?;
        if i64::from(user.note_count) > i64::from(most) {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "an account can have at most {}",
                format_count(most.into(), "note")
            )));
        }
        let positions = if more > 0 {
            user.next_position..user.next_position + more
        } else {
            self.positions.clone()
        };
        Ok(BundleReservation { user, positions })
    }
}

/// Returns the names and colours of the labels that the import needs: those in the list of labels, on new notes and in filters.
fn list_needed_labels<'a>(bundle: &'a Bundle, wanted: &[(usize, Uuid)]) -> Vec<(&'a str, Color)> {
    let of_notes = wanted
        .iter()
        .flat_map(|(number, _)| &bundle.notes[*number].labels);
    let listed = bundle
        .labels
        .iter()
        .map(|label| (label.name.as_str(), label.color));
    let of_filters = bundle
        .filters
        .iter()
        .flat_map(|filter| &filter.query.labels);
    listed
        .chain(
            of_notes
                .chain(of_filters)
                .map(|name| (name.as_str(), Color::default())),
        )
        .collect()
}

/// The user's row after the changes for a bundle, and the positions of the import.
struct BundleReservation {
    user: user::Model,
    positions: std::ops::Range<i64>,
}

/// Returns true for the violation of a unique constraint, that is, an identifier in use.
fn is_id_taken(error: &Error) -> bool {
    let source = std::error::Error::source(error);
    let db = source.and_then(|source| source.downcast_ref::<sea_orm::DbErr>());
    matches!(
        db.and_then(sea_orm::DbErr::sql_err),
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_))
    )
}

/// Derives an identifier from the importing user and the name of a note in another program (RFC 9562, version 8).
pub fn derive_id(owner: Owner, name: &str) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(owner.id().as_bytes());
    hash.update(name.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Returns the notes to create, by their index in the bundle, with their identifiers. Counts those that exist already.
async fn identify_notes(
    tx: &DatabaseTransaction,
    owner: Owner,
    bundle: &Bundle,
    imported: &mut Imported,
) -> Result<Vec<(usize, Uuid)>, Error> {
    // The identifier in the file, and the one to use if another account has it.
    let names: Vec<Option<(Uuid, Uuid)>> = bundle
        .notes
        .iter()
        .map(|note| match &note.identity {
            Identity::None => None,
            Identity::Id(id) => Some((*id, derive_id(owner, &id.to_string()))),
            Identity::Foreign(name) => {
                let id = derive_id(owner, name);
                Some((id, id))
            }
        })
        .collect();
    let asked: HashSet<Uuid> = names
        .iter()
        .flatten()
        .flat_map(|(id, other)| [*id, *other])
        .collect();
    let mut known: HashMap<Uuid, (Uuid, String, String)> = HashMap::new();
    if !asked.is_empty() {
        let rows: Vec<(Uuid, Uuid, String, String)> = note::Entity::find()
            .select_only()
            .columns([
                note::Column::Id,
                note::Column::UserId,
                note::Column::Title,
                note::Column::Content,
            ])
            .filter(note::Column::Id.is_in(asked))
            .into_tuple()
            .all(tx)
            .await?;
        known.extend(
            rows.into_iter()
                .map(|(id, user, title, content)| (id, (user, title, content))),
        );
    }
    let mut wanted = Vec::with_capacity(bundle.notes.len());
    let mut made: HashMap<Uuid, usize> = HashMap::new();
    for (number, (note, name)) in bundle.notes.iter().zip(names).enumerate() {
        let Some((id, other)) = name else {
            wanted.push((number, id::new()));
            continue;
        };
        let mine = |id: Uuid| known.get(&id).filter(|(user, ..)| *user == owner.id());
        let there = [id, other]
            .into_iter()
            .find_map(|id| mine(id).map(|(_, title, content)| (id, title, content)));
        let twin = made
            .get(&id)
            .map(|number| &bundle.notes[*number])
            .map(|note| (id, &note.title, &note.content));
        if let Some((id, title, content)) = there.or(twin) {
            imported.present += 1;
            imported.ids.push((number, id));
            if (title, content) != (&note.title, &note.content) {
                imported.differing.push(number);
            }
            continue;
        }
        made.insert(id, number);
        wanted.push((number, if known.contains_key(&id) { other } else { id }));
    }
    Ok(wanted)
}

/// Creates missing labels. Returns the identifiers of all labels by name, and the number of new ones.
async fn create_missing_labels(
    store: &Store,
    tx: &DatabaseTransaction,
    user: &user::Model,
    named: Vec<(&str, Color)>,
    imported: &mut Imported,
) -> Result<(HashMap<String, Uuid>, usize), Error> {
    if named.is_empty() {
        return Ok((HashMap::new(), 0));
    }
    let there = label::Entity::find()
        .filter(label::Column::UserId.eq(user.id))
        .all(tx)
        .await?;
    let mut sort = there.iter().map(|label| label.sort + 1).max().unwrap_or(0);
    let mut ids: HashMap<String, Uuid> = there
        .into_iter()
        .map(|label| (label.name_key, label.id))
        .collect();
    let most = usize::try_from(store.limits().labels).unwrap_or(usize::MAX);
    let mut rows = Vec::new();
    let mut without: HashSet<String> = HashSet::new();
    let now = clock::now();
    for (name, color) in named {
        let key = name_key(name);
        if ids.contains_key(&key) {
            continue;
        }
        if ids.len() >= most {
            if without.insert(key) {
                imported.labels_without_room.push(name.to_owned());
            }
            continue;
        }
        let id = id::new();
        rows.push(label::ActiveModel {
            id: Set(id),
            user_id: Set(user.id),
            name: Set(name.trim().to_owned()),
            name_key: Set(key.clone()),
            color: Set(color.as_str().to_owned()),
            sort: Set(sort),
            version: Set(1),
            change_seq: Set(user.revision),
            created_at: Set(now),
            updated_at: Set(now),
        });
        ids.insert(key, id);
        sort += 1;
    }
    let made = rows.len();
    while !rows.is_empty() {
        let later = rows.split_off(rows.len().min(CHUNK));
        label::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
        rows = later;
    }
    if made > 0 {
        let more = i32::try_from(made).map_err(Error::internal)?;
        user::Entity::update_many()
            .col_expr(
                user::Column::LabelCount,
                Expr::col(user::Column::LabelCount).add(more),
            )
            .filter(user::Column::Id.eq(user.id))
            .exec(tx)
            .await?;
    }
    Ok((ids, made))
}

/// Inserts notes with their labels and earlier versions.
async fn insert_notes<'a>(
    tx: &DatabaseTransaction,
    owner: Owner,
    taken: &BundleReservation,
    notes: impl Iterator<Item = (&'a PortableNote, Uuid)>,
    labels: &HashMap<String, Uuid>,
) -> Result<(), Error> {
    let (mut pairs, mut earlier, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for ((note, note_id), counter) in notes.zip(taken.positions.clone()) {
        let mut label_ids: Vec<Uuid> = note
            .labels
            .iter()
            .filter_map(|name| labels.get(&name_key(name)).copied())
            .collect();
        label_ids.sort_unstable();
        label_ids.dedup();
        pairs.extend(
            label_ids
                .into_iter()
                .map(|label_id| note_label::ActiveModel {
                    note_id: Set(note_id),
                    label_id: Set(label_id),
                    user_id: Set(owner.id()),
                }),
        );
        let now = clock::now();
        earlier.extend(
            note.revisions
                .iter()
                .map(|revision| note_revision::ActiveModel {
                    note_id: Set(note_id),
                    version: Set(revision.version),
                    user_id: Set(owner.id()),
                    title: Set(revision.title.clone()),
                    content: Set(revision.content.clone()),
                    saved_at: Set(Ord::min(
                        clock::truncate_to_micros(revision.replaced_at),
                        now,
                    )),
                    author_id: Set(None),
                }),
        );
        rows.push(build_note_row(&taken.user, note, note_id, counter));
    }
    search::insert_indexed(tx, owner, rows).await?;
    while !pairs.is_empty() {
        let later = pairs.split_off(pairs.len().min(CHUNK));
        note_label::Entity::insert_many(pairs)
            .exec_without_returning(tx)
            .await?;
        pairs = later;
    }
    while !earlier.is_empty() {
        let later = earlier.split_off(earlier.len().min(CHUNK));
        note_revision::Entity::insert_many(earlier)
            .exec_without_returning(tx)
            .await?;
        earlier = later;
    }
    Ok(())
}

fn build_note_row(
    user: &user::Model,
    note: &PortableNote,
    id: Uuid,
    counter: i64,
) -> note::ActiveModel {
    let now = clock::now();
    let reminder = Reminder {
        at: note.reminder_at,
        recurrence: note.recurrence.clone(),
    }
    .adjust_imported(now);
    let trashed = note.place == Place::Trash;
    let created_at = Ord::min(note.created_at.unwrap_or(now), now);
    // Above the versions of its history, whatever the file contains.
    let least = note
        .revisions
        .iter()
        .map(|revision| revision.version + 1)
        .max()
        .unwrap_or(1);
    note::ActiveModel {
        id: Set(id),
        user_id: Set(user.id),
        place: Set(note.place.to_db()),
        trashed_from: Set(trashed.then(|| Place::Active.to_db())),
        // Time of the import: a note with an old time would be deleted at once.
        trashed_at: Set(trashed.then_some(now)),
        pin_rank: Set(i16::from(!note.pinned)),
        position: Set(position::from_counter(counter)),
        title: Set(note.title.clone()),
        content: Set(note.content.clone()),
        color: Set(note.color.as_str().to_owned()),
        reminder_at: Set(reminder.at),
        // Past reminders count as fired.
        reminder_fired_at: Set(reminder.at.filter(|at| *at <= now)),
        reminder_fired_seq: Set(None),
        reminder_recurrence: Set(reminder.recurrence.map(|series| series.to_string())),
        reminder_fired_for: Set(None),
        is_shared: Set(false),
        author_id: Set(None),
        version: Set(Ord::max(
            Ord::clamp(
                note.version.unwrap_or(1),
                *IMPORTED_VERSIONS.start(),
                *IMPORTED_VERSIONS.end(),
            ),
            least,
        )),
        change_seq: Set(user.revision),
        created_at: Set(created_at),
        updated_at: Set(Ord::clamp(
            note.updated_at.unwrap_or(created_at),
            created_at,
            now,
        )),
        attachment_count: Set(0),
        cover_id: Set(None),
        cover_width: Set(None),
        cover_height: Set(None),
    }
}
