//! One way to bytes, whichever place they are in.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::{Path as FolderPath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use hyper::body::Bytes;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::signer::{Method, SignedUrlOptions, Signer as _};
use object_store::{
    BackoffConfig, GetOptions, GetRange, ObjectStore, ObjectStoreExt as _, PutPayload, RetryConfig,
};
use tempfile::SpooledTempFile;
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::connector::Connector;
use super::{Bucket, Downloads, Place};
use crate::domain::id;
use crate::error::{Code, Error};

/// Bytes that are in memory of a file on its way to the storage. S3 takes pieces of 5 MiB at least.
const PIECE: usize = 6 * 1024 * 1024;
/// Bytes of a small picture; one that is larger was not made here.
const MOST_SMALL: u64 = 4 * 1024 * 1024;
/// How long an address of a file in the bucket is good for: until a browser has followed it.
const LINK_TIME: Duration = Duration::from_mins(1);
/// How long failed calls are tried again: a request waits for them.
const RETRY_TIME: Duration = Duration::from_secs(10);

/// A part of what is stored of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// A small picture of it.
    Thumbnail,
    /// A piece of one that is being sent.
    Piece(Uuid),
}

/// Bytes of a file as they come.
pub type Content = BoxStream<'static, io::Result<Bytes>>;

/// The way in which a file is sent from elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Its kind.
    pub media_type: &'a str,
    /// What the browser does with it, and under which name.
    pub disposition: &'a str,
}

/// What lies in a place of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// The place of its bytes.
    pub object: Uuid,
    /// Bytes of all that is stored of it, small pictures and pieces included.
    pub bytes: u64,
    /// Bytes of the file itself, if it is whole.
    pub whole: Option<u64>,
}

/// A place for files; clones share it.
#[derive(Debug, Clone)]
pub struct Files {
    inner: Arc<Inner>,
}

struct Inner {
    objects: Arc<dyn ObjectStore>,
    /// The folder, if it is one.
    folder: Option<PathBuf>,
    /// Signs the addresses that downloads are redirected to, if they are.
    links: Option<Signer>,
}

/// Makes addresses at which files of a bucket can be read for a moment.
struct Signer {
    bucket: AmazonS3,
    /// The folder of the site that a content delivery network serves from the bucket, and of the keys in it.
    folder: Option<Path>,
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.objects, f)
    }
}

impl Files {
    /// Opens a place; a folder is made if there is none.
    pub fn open(place: &Place) -> Result<Option<Self>, Error> {
        let inner = match place {
            Place::Nowhere => return Ok(None),
            Place::Folder(folder) => Inner {
                objects: Arc::new(local(folder)?),
                folder: Some(folder.clone()),
                links: None,
            },
            Place::Bucket(bucket) => {
                let s3 = s3(bucket).map_err(|error| broken(&error))?;
                let site = match &bucket.downloads {
                    Downloads::Site(path) => Some(Path::from(path.as_str())),
                    Downloads::Service | Downloads::Bucket => None,
                };
                Inner {
                    objects: match &site {
                        Some(folder) => Arc::new(PrefixStore::new(s3.clone(), folder.clone())),
                        None => Arc::new(s3.clone()),
                    },
                    folder: None,
                    links: (bucket.downloads != Downloads::Service).then_some(Signer {
                        bucket: s3,
                        folder: site,
                    }),
                }
            }
        };
        Ok(Some(Self {
            inner: Arc::new(inner),
        }))
    }

    /// Stores a file, from its beginning to its end, and gives it back. Until it is whole nobody sees any of it.
    pub async fn put(
        &self,
        object: Uuid,
        part: Part,
        mut file: SpooledTempFile,
    ) -> Result<SpooledTempFile, Error> {
        let path = path(object, part);
        file.seek(SeekFrom::Start(0)).map_err(Error::unavailable)?;
        let (back, first) = next_piece(file).await?;
        file = back;
        if first.len() < PIECE {
            self.put_bytes_at(&path, first).await?;
            return Ok(file);
        }
        let objects = &self.inner.objects;
        let mut upload = objects
            .put_multipart(&path)
            .await
            .map_err(|error| broken(&error))?;
        let sent = async {
            let mut piece = first;
            while !piece.is_empty() {
                upload.put_part(PutPayload::from(piece)).await?;
                let (back, next) =
                    next_piece(file)
                        .await
                        .map_err(|error| object_store::Error::Generic {
                            store: "files",
                            source: error.into(),
                        })?;
                (file, piece) = (back, next);
            }
            upload.complete().await?;
            Ok::<_, object_store::Error>(file)
        };
        match sent.await {
            Ok(file) => Ok(file),
            Err(error) => {
                // What is left of it then, the bucket's rule for unfinished uploads deletes.
                let _ = upload.abort().await;
                Err(broken(&error))
            }
        }
    }

    /// Stores a few bytes.
    pub async fn put_bytes(&self, object: Uuid, part: Part, bytes: Vec<u8>) -> Result<(), Error> {
        self.put_bytes_at(&path(object, part), bytes).await
    }

    async fn put_bytes_at(&self, path: &Path, bytes: Vec<u8>) -> Result<(), Error> {
        let stored = self.inner.objects.put(path, PutPayload::from(bytes)).await;
        stored.map(drop).map_err(|error| broken(&error))
    }

    /// The bytes of a file, or of a range of it.
    pub async fn get(
        &self,
        object: Uuid,
        part: Part,
        range: Option<Range<u64>>,
    ) -> Result<Content, Error> {
        let options = GetOptions::default().with_range(range.map(GetRange::Bounded));
        let found = self
            .inner
            .objects
            .get_opts(&path(object, part), options)
            .await
            .map_err(|error| unread(&error))?;
        Ok(found.into_stream().map_err(io::Error::other).boxed())
    }

    /// The bytes of a part of a file; none if they are not there.
    pub async fn read(&self, object: Uuid, part: Part) -> Result<Option<Content>, Error> {
        match self.inner.objects.get(&path(object, part)).await {
            Ok(found) => Ok(Some(found.into_stream().map_err(io::Error::other).boxed())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(broken(&error)),
        }
    }

    /// All bytes of a small picture.
    pub async fn thumbnail(&self, object: Uuid) -> Result<Bytes, Error> {
        let found = self
            .inner
            .objects
            .get(&path(object, Part::Thumbnail))
            .await
            .map_err(|error| unread(&error))?;
        if found.meta.size > MOST_SMALL {
            return Err(Error::unavailable("a small picture that is large"));
        }
        found.bytes().await.map_err(|error| broken(&error))
    }

    /// An address at which a file can be read for a moment, if this place has such addresses. Whoever has it needs nothing else: it is no text for
    /// a log.
    pub async fn link(&self, object: Uuid, link: Link<'_>) -> Result<Option<String>, Error> {
        let Some(signer) = &self.inner.links else {
            return Ok(None);
        };
        let options = SignedUrlOptions::default().with_query([
            ("response-content-type", link.media_type),
            ("response-content-disposition", link.disposition),
            ("response-cache-control", "private, no-store"),
        ]);
        let mut path = path(object, Part::Whole);
        if let Some(folder) = &signer.folder {
            path = folder.parts().chain(path.parts()).collect();
        }
        let url = signer
            .bucket
            .signed_url_opts(Method::GET, &path, LINK_TIME, &options)
            .await
            .map_err(|error| broken(&error))?;
        // The content delivery network sends the same path and query to the host that was signed.
        Ok(Some(match signer.folder {
            Some(_) => format!("/{path}?{}", url.query().unwrap_or_default()),
            None => url.into(),
        }))
    }

    /// Deletes everything of a file. What is not there is gone already.
    pub async fn delete(&self, object: Uuid) -> Result<(), Error> {
        let folder = folder(object);
        if let Some(root) = &self.inner.folder {
            // With what a process that was killed has written in part, of which a list of objects says nothing.
            let name: &str = folder.as_ref();
            let path = root.join(name);
            return spawn_blocking(move || remove(&path))
                .await
                .map_err(Error::internal)?
                .map_err(Error::unavailable);
        }
        let found: Vec<Path> = self
            .inner
            .objects
            .list(Some(&folder))
            .map_ok(|found| found.location)
            .try_collect()
            .await
            .map_err(|error| broken(&error))?;
        self.delete_all(found).await
    }

    /// Deletes pieces of a file.
    pub async fn delete_pieces(&self, object: Uuid, pieces: &[Uuid]) -> Result<(), Error> {
        let paths = pieces.iter().map(|piece| path(object, Part::Piece(*piece)));
        self.delete_all(paths.collect()).await
    }

    async fn delete_all(&self, paths: Vec<Path>) -> Result<(), Error> {
        let paths = stream::iter(paths.into_iter().map(Ok)).boxed();
        let mut deleted = self.inner.objects.delete_stream(paths);
        while let Some(deleted) = deleted.next().await {
            match deleted {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(broken(&error)),
            }
        }
        Ok(())
    }

    /// The files in one of the 256 parts of the place, each with the time at which anything of it was written last.
    pub async fn list(&self, shard: u8) -> Result<Vec<(Uuid, DateTime<Utc>)>, Error> {
        let shard = Path::from(format!("{shard:02x}"));
        let mut found = self.inner.objects.list(Some(&shard));
        let mut all: Vec<(Uuid, DateTime<Utc>)> = Vec::new();
        while let Some(object) = found.try_next().await.map_err(|error| broken(&error))? {
            let name = object.location.parts().nth(1);
            // What is no file of ours is left alone.
            let Some(id) = name.and_then(|name| name.as_ref().parse().ok()) else {
                continue;
            };
            match all.last_mut() {
                Some((last, time)) if *last == id => *time = object.last_modified.max(*time),
                _ => all.push((id, object.last_modified)),
            }
        }
        Ok(all)
    }

    /// Everything that lies in one of the 256 parts of the place: the sizes of all that is stored of each file, and of the file itself if it is whole.
    pub async fn inventory(&self, shard: u8) -> Result<Vec<Stored>, Error> {
        let shard = Path::from(format!("{shard:02x}"));
        let mut found = self.inner.objects.list(Some(&shard));
        let mut all: BTreeMap<Uuid, Stored> = BTreeMap::new();
        while let Some(object) = found.try_next().await.map_err(|error| broken(&error))? {
            let mut names = object.location.parts().skip(1);
            // What is no file of ours is left alone.
            let Some(id) = names.next().and_then(|name| name.as_ref().parse().ok()) else {
                continue;
            };
            let stored = all.entry(id).or_insert(Stored {
                object: id,
                bytes: 0,
                whole: None,
            });
            stored.bytes += object.size;
            if names.next().is_some_and(|name| name.as_ref() == "file") {
                stored.whole = Some(object.size);
            }
        }
        Ok(all.into_values().collect())
    }

    /// Writes something, reads it, and deletes it.
    pub async fn check(&self) -> Result<(), Error> {
        let path = Path::from("check").join(id::new().simple().to_string());
        let text = b"written by `notes doctor`";
        self.put_bytes_at(&path, text.to_vec()).await?;
        let read = async { self.inner.objects.get(&path).await?.bytes().await };
        let read = read.await.map_err(|error| broken(&error));
        self.delete_all(vec![path]).await?;
        if read?.as_ref() != text {
            return Err(Error::unavailable("what was written is not what was read"));
        }
        Ok(())
    }
}

/// Deletes a folder that may be gone already, and the one above if nothing else is in it.
fn remove(folder: &FolderPath) -> io::Result<()> {
    if let Err(error) = std::fs::remove_dir_all(folder)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error);
    }
    if let Some(above) = folder.parent() {
        // Others are mostly in it.
        let _ = std::fs::remove_dir(above);
    }
    Ok(())
}

/// Reads the next piece of a file, on a thread that may wait for a disk; nothing at its end.
async fn next_piece(mut file: SpooledTempFile) -> Result<(SpooledTempFile, Vec<u8>), Error> {
    let read = spawn_blocking(move || {
        let mut piece = Vec::new();
        (&mut file).take(PIECE as u64).read_to_end(&mut piece)?;
        io::Result::Ok((file, piece))
    });
    read.await
        .map_err(Error::internal)?
        .map_err(Error::unavailable)
}

/// The folder of everything of a file. The last byte is random, also in identifiers that begin with a time.
fn folder(object: Uuid) -> Path {
    let last = object.as_bytes()[15];
    Path::from(format!("{last:02x}")).join(object.simple().to_string())
}

fn path(object: Uuid, part: Part) -> Path {
    let folder = folder(object);
    match part {
        Part::Whole => folder.join("file"),
        Part::Thumbnail => folder.join("thumbnail"),
        Part::Piece(piece) => folder.join(format!("piece-{}", piece.simple())),
    }
}

/// A folder that this user alone reads.
fn local(folder: &FolderPath) -> Result<LocalFileSystem, Error> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let unusable = |error: io::Error| {
        let why = format!("the folder for files cannot be made: {error}");
        Error::unavailable(error).detail(why)
    };
    builder.create(folder).map_err(unusable)?;
    let files = LocalFileSystem::new_with_prefix(folder).map_err(|error| broken(&error))?;
    Ok(files.with_automatic_cleanup(true).with_fsync(true))
}

/// A bucket, with the credentials of the environment: variables, an ECS task, a role of a service account, or a machine.
fn s3(bucket: &Bucket) -> object_store::Result<AmazonS3> {
    let retry = RetryConfig {
        backoff: BackoffConfig::default(),
        max_retries: 3,
        retry_timeout: RETRY_TIME,
    };
    let mut builder = AmazonS3Builder::from_env()
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_retry(retry)
        .with_http_connector(Connector);
    builder = match &bucket.endpoint {
        // Other servers have names of buckets in the path.
        Some(endpoint) => builder
            .with_endpoint(endpoint)
            .with_allow_http(endpoint.starts_with("http://"))
            .with_virtual_hosted_style_request(false),
        None => builder.with_virtual_hosted_style_request(true),
    };
    builder.build()
}

/// A failure of the place. Its cause goes to the log; addresses in it are those of objects, never signed ones.
fn broken(error: &object_store::Error) -> Error {
    Error::unavailable(error.to_string()).detail("the storage of files does not answer")
}

/// The same of something that is read, and that the database says is there.
fn unread(error: &object_store::Error) -> Error {
    if matches!(error, object_store::Error::NotFound { .. }) {
        tracing::error!(cause = %error, "the bytes of a file are missing");
        return Error::new(Code::NotFound).detail("the bytes of this file are missing");
    }
    broken(error)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn files(folder: &FolderPath) -> Files {
        Files::open(&Place::Folder(folder.to_owned()))
            .unwrap()
            .unwrap()
    }

    async fn all(files: &Files, object: Uuid, range: Option<Range<u64>>) -> Vec<u8> {
        let content = files.get(object, Part::Whole, range).await.unwrap();
        let pieces: Vec<Bytes> = content.try_collect().await.unwrap();
        pieces.concat()
    }

    #[tokio::test]
    async fn stores_files_of_any_size_and_deletes_all_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(&folder.path().join("new"));
        for size in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let object = id::new();
            let bytes: Vec<u8> = (0..251).cycle().take(size).collect();
            let mut file = SpooledTempFile::new(1024);
            file.write_all(&bytes).unwrap();
            files.put(object, Part::Whole, file).await.unwrap();
            files
                .put_bytes(object, Part::Thumbnail, vec![1, 2, 3])
                .await
                .unwrap();
            assert!(all(&files, object, None).await == bytes, "{size}");
            if size > 10 {
                assert_eq!(all(&files, object, Some(3..7)).await, &bytes[3..7]);
            }
            assert_eq!(files.thumbnail(object).await.unwrap().as_ref(), [1, 2, 3]);
            let listed = files.list(object.as_bytes()[15]).await.unwrap();
            assert_eq!(listed.len(), 1);
            assert_eq!(listed[0].0, object);
            // What a process that was killed has left.
            let name = super::folder(object).to_string();
            let path = folder.path().join("new").join(name);
            std::fs::write(path.join("file#1"), b"half").unwrap();
            files.delete(object).await.unwrap();
            files.delete(object).await.unwrap();
            let gone = files.get(object, Part::Whole, None).await;
            assert_eq!(gone.err().unwrap().code(), Code::NotFound);
        }
        files.check().await.unwrap();
        let left = std::fs::read_dir(folder.path().join("new"))
            .unwrap()
            .count();
        assert_eq!(left, 0, "nothing is left, also no folders");
    }
}
