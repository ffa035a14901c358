//! Stores and reads the bytes of files, in the same way for a folder and for a bucket: [`Files`].

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
use super::{Bucket, Downloads, StorageLocation};
use crate::domain::id;
use crate::error::{Code, Error};

/// Number of bytes of a file that are in memory while it is stored. S3 requires parts of at least 5 MiB in a multipart upload.
const PIECE: usize = 6 * 1024 * 1024;
/// Maximum size of a thumbnail, in bytes; the service creates no larger ones.
const MOST_SMALL: u64 = 4 * 1024 * 1024;
/// Validity of a presigned URL, which a browser follows immediately.
const LINK_TIME: Duration = Duration::from_mins(1);
/// Time limit for the retries of a failed call, because a request waits for it.
const RETRY_TIME: Duration = Duration::from_secs(10);

/// One of the objects that are stored for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The complete file, as it was uploaded.
    Whole,
    /// The thumbnail of a picture.
    Thumbnail,
    /// A piece of a file that is still being uploaded, by its ID.
    Piece(Uuid),
}

/// The bytes of a file, as a stream.
pub type Content = BoxStream<'static, io::Result<Bytes>>;

/// The response headers of a download through a presigned URL.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Media type of the file, for the `Content-Type` header.
    pub media_type: &'a str,
    /// Value of the `Content-Disposition` header: display or download, and the file name.
    pub disposition: &'a str,
}

/// The objects that are stored for one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// ID under which the file is stored.
    pub object: Uuid,
    /// Total size of all stored parts in bytes, thumbnails and pieces included.
    pub bytes: u64,
    /// Size of the complete file in bytes; `None` while it is being uploaded.
    pub whole: Option<u64>,
}

/// A storage for files; clones share it.
#[derive(Debug, Clone)]
pub struct Files {
    inner: Arc<Inner>,
}

struct Inner {
    objects: Arc<dyn ObjectStore>,
    /// Path of the folder; `None` for a bucket.
    folder: Option<PathBuf>,
    /// Signer of the URLs that downloads are redirected to; `None` if the service streams them.
    links: Option<Signer>,
}

/// Creates presigned URLs for the files in a bucket.
struct Signer {
    bucket: AmazonS3,
    /// Path of the site that a content delivery network serves from the bucket, which is also the prefix of the object keys.
    folder: Option<Path>,
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.objects, f)
    }
}

impl Files {
    /// Opens a storage, or returns `None` for [`StorageLocation::Disabled`]. A missing folder is created.
    ///
    /// # Errors
    ///
    /// Fails if the folder cannot be created, or if the configuration of the bucket is not valid. Does not connect to the bucket.
    pub fn open(place: &StorageLocation) -> Result<Option<Self>, Error> {
        let inner = match place {
            StorageLocation::Disabled => return Ok(None),
            StorageLocation::Folder(folder) => Inner {
                objects: Arc::new(open_folder(folder)?),
                folder: Some(folder.clone()),
                links: None,
            },
            StorageLocation::Bucket(bucket) => {
                let s3 = open_bucket(bucket).map_err(|error| map_storage_error(&error))?;
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

    /// Stores a part of a file from the bytes of `file`, and returns `file`. Readers see the part only when it is complete.
    pub async fn put_part(
        &self,
        object: Uuid,
        part: Part,
        mut file: SpooledTempFile,
    ) -> Result<SpooledTempFile, Error> {
        let path = part_path(object, part);
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
            .map_err(|error| map_storage_error(&error))?;
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
                // The bucket's rule for unfinished uploads deletes the remains.
                let _ = upload.abort().await;
                Err(map_storage_error(&error))
            }
        }
    }

    /// Stores a part of a file from bytes in memory.
    pub async fn put_bytes(&self, object: Uuid, part: Part, bytes: Vec<u8>) -> Result<(), Error> {
        self.put_bytes_at(&part_path(object, part), bytes).await
    }

    async fn put_bytes_at(&self, path: &Path, bytes: Vec<u8>) -> Result<(), Error> {
        let stored = self.inner.objects.put(path, PutPayload::from(bytes)).await;
        stored.map(drop).map_err(|error| map_storage_error(&error))
    }

    /// Returns the bytes of a part of a file, or of a range of it.
    ///
    /// # Errors
    ///
    /// Fails with [`Code::NotFound`] if the bytes are missing from the storage.
    pub async fn get_part(
        &self,
        object: Uuid,
        part: Part,
        range: Option<Range<u64>>,
    ) -> Result<Content, Error> {
        let options = GetOptions::default().with_range(range.map(GetRange::Bounded));
        let found = self
            .inner
            .objects
            .get_opts(&part_path(object, part), options)
            .await
            .map_err(|error| map_read_error(&error))?;
        Ok(found.into_stream().map_err(io::Error::other).boxed())
    }

    /// Returns the bytes of a part of a file, or `None` if they are missing from the storage.
    pub async fn read_if_present(
        &self,
        object: Uuid,
        part: Part,
    ) -> Result<Option<Content>, Error> {
        match self.inner.objects.get(&part_path(object, part)).await {
            Ok(found) => Ok(Some(found.into_stream().map_err(io::Error::other).boxed())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(map_storage_error(&error)),
        }
    }

    /// Returns the bytes of a file's thumbnail.
    ///
    /// # Errors
    ///
    /// Fails with [`Code::NotFound`] if the thumbnail is missing from the storage.
    pub async fn get_thumbnail(&self, object: Uuid) -> Result<Bytes, Error> {
        let found = self
            .inner
            .objects
            .get(&part_path(object, Part::Thumbnail))
            .await
            .map_err(|error| map_read_error(&error))?;
        if found.meta.size > MOST_SMALL {
            return Err(Error::unavailable("a small picture that is large"));
        }
        found
            .bytes()
            .await
            .map_err(|error| map_storage_error(&error))
    }

    /// Returns a presigned URL for a file, valid for one minute, or `None` if the service streams downloads itself. The URL alone grants access, so
    /// it must not be logged.
    pub async fn presign_url(&self, object: Uuid, link: Link<'_>) -> Result<Option<String>, Error> {
        let Some(signer) = &self.inner.links else {
            return Ok(None);
        };
        let options = SignedUrlOptions::default().with_query([
            ("response-content-type", link.media_type),
            ("response-content-disposition", link.disposition),
            ("response-cache-control", "private, no-store"),
        ]);
        let mut path = part_path(object, Part::Whole);
        if let Some(folder) = &signer.folder {
            path = folder.parts().chain(path.parts()).collect();
        }
        let url = signer
            .bucket
            .signed_url_opts(Method::GET, &path, LINK_TIME, &options)
            .await
            .map_err(|error| map_storage_error(&error))?;
        // The content delivery network sends the same path and query to the host that was signed.
        Ok(Some(match signer.folder {
            Some(_) => format!("/{path}?{}", url.query().unwrap_or_default()),
            None => url.into(),
        }))
    }

    /// Deletes all parts of a file. Missing parts are not an error.
    pub async fn delete_file(&self, object: Uuid) -> Result<(), Error> {
        let folder = object_folder(object);
        if let Some(root) = &self.inner.folder {
            // Includes partial files of a killed process, which a list of objects does not contain.
            let name: &str = folder.as_ref();
            let path = root.join(name);
            return spawn_blocking(move || remove_folder(&path))
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
            .map_err(|error| map_storage_error(&error))?;
        self.delete_all(found).await
    }

    /// Deletes uploaded pieces of a file. Missing pieces are not an error.
    pub async fn delete_pieces(&self, object: Uuid, pieces: &[Uuid]) -> Result<(), Error> {
        let paths = pieces
            .iter()
            .map(|piece| part_path(object, Part::Piece(*piece)));
        self.delete_all(paths.collect()).await
    }

    async fn delete_all(&self, paths: Vec<Path>) -> Result<(), Error> {
        let paths = stream::iter(paths.into_iter().map(Ok)).boxed();
        let mut deleted = self.inner.objects.delete_stream(paths);
        while let Some(deleted) = deleted.next().await {
            match deleted {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(map_storage_error(&error)),
            }
        }
        Ok(())
    }

    /// Lists the files in one of the 256 shards of the storage, each with the time of its latest write.
    pub async fn list_shard(&self, shard: u8) -> Result<Vec<(Uuid, DateTime<Utc>)>, Error> {
        let shard = Path::from(format!("{shard:02x}"));
        let mut found = self.inner.objects.list(Some(&shard));
        let mut all: Vec<(Uuid, DateTime<Utc>)> = Vec::new();
        while let Some(object) = found
            .try_next()
            .await
            .map_err(|error| map_storage_error(&error))?
        {
            let name = object.location.parts().nth(1);
            // Other files are ignored.
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

    /// Lists the files in one of the 256 shards of the storage, each with its total size and the size of the complete file.
    pub async fn inventory_shard(&self, shard: u8) -> Result<Vec<Stored>, Error> {
        let shard = Path::from(format!("{shard:02x}"));
        let mut found = self.inner.objects.list(Some(&shard));
        let mut all: BTreeMap<Uuid, Stored> = BTreeMap::new();
        while let Some(object) = found
            .try_next()
            .await
            .map_err(|error| map_storage_error(&error))?
        {
            let mut names = object.location.parts().skip(1);
            // Other files are ignored.
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

    /// Checks that the storage works, by writing, reading and deleting an object.
    pub async fn check_storage(&self) -> Result<(), Error> {
        let path = Path::from("check").join(id::new().simple().to_string());
        let text = b"written by `notes doctor`";
        self.put_bytes_at(&path, text.to_vec()).await?;
        let read = async { self.inner.objects.get(&path).await?.bytes().await };
        let read = read.await.map_err(|error| map_storage_error(&error));
        self.delete_all(vec![path]).await?;
        if read?.as_ref() != text {
            return Err(Error::unavailable(
                "the test object differs from what was written",
            ));
        }
        Ok(())
    }
}

/// Deletes a folder, which may be missing, and its parent if that is empty then.
fn remove_folder(folder: &FolderPath) -> io::Result<()> {
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

/// Reads the next piece of a file on a thread that may block; the piece is empty at the end.
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

/// Returns the folder of all parts of a file. The last byte of an ID selects the shard; it is random, also in IDs that start with a time.
fn object_folder(object: Uuid) -> Path {
    let last = object.as_bytes()[15];
    Path::from(format!("{last:02x}")).join(object.simple().to_string())
}

fn part_path(object: Uuid, part: Part) -> Path {
    let folder = object_folder(object);
    match part {
        Part::Whole => folder.join("file"),
        Part::Thumbnail => folder.join("thumbnail"),
        Part::Piece(piece) => folder.join(format!("piece-{}", piece.simple())),
    }
}

/// Opens a folder that only the user of this process can read, and creates it if it is missing.
fn open_folder(folder: &FolderPath) -> Result<LocalFileSystem, Error> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let unusable = |error: io::Error| {
        let why = format!("the folder for attachments cannot be created: {error}");
        Error::unavailable(error).detail(why)
    };
    builder.create(folder).map_err(unusable)?;
    let files =
        LocalFileSystem::new_with_prefix(folder).map_err(|error| map_storage_error(&error))?;
    Ok(files.with_automatic_cleanup(true).with_fsync(true))
}

/// Opens a bucket with credentials from the environment: variables, an ECS task, a service account role, or an instance profile.
fn open_bucket(bucket: &Bucket) -> object_store::Result<AmazonS3> {
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

/// Converts a failure of the storage. The cause is logged; it may contain object URLs, but never presigned ones.
fn map_storage_error(error: &object_store::Error) -> Error {
    Error::unavailable(error.to_string()).detail("the storage of attachments does not respond")
}

/// Converts a failure to read an object that should exist according to the database.
fn map_read_error(error: &object_store::Error) -> Error {
    if matches!(error, object_store::Error::NotFound { .. }) {
        tracing::error!(cause = %error, "the bytes of a file are missing");
        return Error::new(Code::NotFound).detail("the bytes of this file are missing");
    }
    map_storage_error(error)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn open_files(folder: &FolderPath) -> Files {
        Files::open(&StorageLocation::Folder(folder.to_owned()))
            .unwrap()
            .unwrap()
    }

    async fn read_all(files: &Files, object: Uuid, range: Option<Range<u64>>) -> Vec<u8> {
        let content = files.get_part(object, Part::Whole, range).await.unwrap();
        let pieces: Vec<Bytes> = content.try_collect().await.unwrap();
        pieces.concat()
    }

    #[tokio::test]
    async fn stores_files_of_any_size_and_deletes_all_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let files = open_files(&folder.path().join("new"));
        for size in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let object = id::new();
            let bytes: Vec<u8> = (0..251).cycle().take(size).collect();
            let mut file = SpooledTempFile::new(1024);
            file.write_all(&bytes).unwrap();
            files.put_part(object, Part::Whole, file).await.unwrap();
            files
                .put_bytes(object, Part::Thumbnail, vec![1, 2, 3])
                .await
                .unwrap();
            assert!(read_all(&files, object, None).await == bytes, "{size}");
            if size > 10 {
                assert_eq!(read_all(&files, object, Some(3..7)).await, &bytes[3..7]);
            }
            assert_eq!(
                files.get_thumbnail(object).await.unwrap().as_ref(),
                [1, 2, 3]
            );
            let listed = files.list_shard(object.as_bytes()[15]).await.unwrap();
            assert_eq!(listed.len(), 1);
            assert_eq!(listed[0].0, object);
            // Remains of a killed process.
            let name = object_folder(object).to_string();
            let path = folder.path().join("new").join(name);
            std::fs::write(path.join("file#1"), b"half").unwrap();
            files.delete_file(object).await.unwrap();
            files.delete_file(object).await.unwrap();
            let gone = files.get_part(object, Part::Whole, None).await;
            assert_eq!(gone.err().unwrap().code(), Code::NotFound);
        }
        files.check_storage().await.unwrap();
        let left = std::fs::read_dir(folder.path().join("new"))
            .unwrap()
            .count();
        assert_eq!(left, 0, "nothing is left, also no folders");
    }
}
