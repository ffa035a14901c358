//! Simulates ECR repositories with images.

use std::collections::BTreeSet;

use super::FakeCloud;
use super::world::State;
use infra_aws::{ApiError, RegistryImage};

/// Size of every image in bytes.
const SIZE: i64 = 1_000_000;

impl FakeCloud {
    /// Adds an ECR repository that has images with these tags, one image for each tag, pushed now.
    pub fn add_repository(&self, name: &str, tags: &[&str]) {
        let mut world = self.lock_world();
        let now = world.advance_to_now();
        let repository = world.state.repositories.entry(name.to_owned());
        let images = repository.or_default();
        for tag in tags {
            let digest = infra_template::digest::Digest::hash_bytes(tag.as_bytes());
            images.push(
                RegistryImage::builder()
                    .digest(format!("sha256:{digest}"))
                    .tags(vec![(*tag).to_owned()])
                    .size(SIZE)
                    .pushed(now)
                    .build(),
            );
        }
    }

    /// Returns the images of a repository in the order of their pushes; empty if it does not exist.
    pub fn repository_images(&self, name: &str) -> Vec<RegistryImage> {
        let world = self.lock_world();
        world
            .state
            .repositories
            .get(name)
            .cloned()
            .unwrap_or_default()
    }
}

impl State {
    pub(super) fn has_image(&self, repository: &str, tag: &str) -> Result<bool, ApiError> {
        let images = self.list_images(repository)?;
        Ok(images
            .iter()
            .any(|image| image.tags.iter().any(|known| known == tag)))
    }

    pub(super) fn list_images(&self, repository: &str) -> Result<Vec<RegistryImage>, ApiError> {
        let found = self.repositories.get(repository).cloned();
        found.ok_or_else(|| repository_not_found("DescribeImages", repository))
    }

    /// Adds a tag to an image.
    pub(super) fn tag_image(
        &mut self,
        repository: &str,
        digest: &str,
        tag: &str,
    ) -> Result<(), ApiError> {
        let Some(images) = self.repositories.get_mut(repository) else {
            return Err(repository_not_found("PutImage", repository));
        };
        let Some(image) = images.iter_mut().find(|image| image.digest == digest) else {
            let said = format!("The image with digest '{digest}' does not exist");
            return Err(ApiError::new("ECR", "BatchGetImage", "ImageNotFound", said));
        };
        if !image.tags.iter().any(|known| known == tag) {
            image.tags.push(tag.to_owned());
        }
        Ok(())
    }

    /// Removes tags. An image without any is deleted with its last one.
    pub(super) fn remove_image_tags(
        &mut self,
        repository: &str,
        tags: &[String],
    ) -> Result<(), ApiError> {
        let Some(images) = self.repositories.get_mut(repository) else {
            return Err(repository_not_found("BatchDeleteImage", repository));
        };
        let removed: BTreeSet<&String> = tags.iter().collect();
        images.retain_mut(|image| {
            let before = image.tags.len();
            image.tags.retain(|tag| !removed.contains(tag));
            !image.tags.is_empty() || before == 0
        });
        Ok(())
    }

    /// Deletes images by digest.
    pub(super) fn delete_images(
        &mut self,
        repository: &str,
        digests: &[String],
    ) -> Result<(), ApiError> {
        let Some(images) = self.repositories.get_mut(repository) else {
            return Err(repository_not_found("BatchDeleteImage", repository));
        };
        images.retain(|image| !digests.contains(&image.digest));
        Ok(())
    }
}

fn repository_not_found(operation: &'static str, name: &str) -> ApiError {
    ApiError::new(
        "ECR",
        operation,
        "RepositoryNotFoundException",
        format!("The repository with name '{name}' does not exist in the registry"),
    )
}
