//! The file system as far as one folder goes: what a link inside of it points at elsewhere is not there.

use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use tower_http::services::fs::{Backend, TokioBackend, TokioFile};

type Opening<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

/// The files below a folder, which may itself be a link to the newest of several.
#[derive(Clone, Debug)]
pub(super) struct Inside {
    folder: Arc<Path>,
}

impl Inside {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.into() }
    }

    /// Where the path really leads, if that is inside.
    async fn place(self, path: PathBuf) -> io::Result<PathBuf> {
        // Asked each time: the folder may come, and change, while the program runs.
        let folder = tokio::fs::canonicalize(&self.folder).await?;
        let place = tokio::fs::canonicalize(path).await?;
        if place.starts_with(folder) { Ok(place) } else { Err(io::ErrorKind::NotFound.into()) }
    }
}

impl Backend for Inside {
    type File = TokioFile;
    type Metadata = std::fs::Metadata;
    type OpenFuture = Opening<TokioFile>;
    type MetadataFuture = Opening<std::fs::Metadata>;

    fn open(&self, path: PathBuf) -> Self::OpenFuture {
        let place = self.clone().place(path);
        Box::pin(async move { TokioBackend.open(place.await?).await })
    }

    fn metadata(&self, path: PathBuf) -> Self::MetadataFuture {
        let place = self.clone().place(path);
        Box::pin(async move { TokioBackend.metadata(place.await?).await })
    }
}
