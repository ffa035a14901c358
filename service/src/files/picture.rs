//! Reads the displayed size of pictures and creates their thumbnails, within limits on pixels and memory.

use std::io::{BufRead, Cursor, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use crate::domain::attachment::Dimensions;
use crate::error::Error;

/// Maximum length of the longer side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE: u32 = 512;
/// Maximum number of pixels of an accepted picture. This is more than cameras produce, and as much as browsers can display.
const MOST_PIXELS: u64 = 200_000_000;
/// Maximum size of a decoded picture in memory, in bytes; larger pictures get no thumbnail.
const MOST_BYTES: u64 = 96 * 1024 * 1024;
/// JPEG quality of thumbnails, of 100. Higher values make no visible difference at this size.
const QUALITY: u8 = 80;

/// The size and the thumbnail of a decoded picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Size of the picture in pixels, after applying the orientation in its metadata.
    pub dimensions: Dimensions,
    /// Thumbnail without metadata, such as the place where the picture was taken. `None` if the picture is too large in memory or cannot be decoded.
    pub thumbnail: Option<Vec<u8>>,
}

/// Reads the size of a picture of this media type and creates its thumbnail. Returns `None` if the file is not a readable picture.
///
/// # Errors
///
/// Fails with a `too_many_pixels` field error if the picture has more pixels than allowed.
pub(super) fn decode_picture(
    source: impl BufRead + Seek,
    media_type: &str,
) -> Result<Option<Picture>, Error> {
    let Some(format) = image_format(media_type) else {
        return Ok(None);
    };
    // A file that cannot be decoded is still stored as an attachment, even if the decoder panics.
    catch_unwind(AssertUnwindSafe(|| decode_limited(source, format))).unwrap_or(Ok(None))
}

/// Returns the image format of a media type, or `None` if pictures of this type are not decoded.
pub(super) fn image_format(media_type: &str) -> Option<ImageFormat> {
    match media_type {
        "image/png" => Some(ImageFormat::Png),
        "image/jpeg" => Some(ImageFormat::Jpeg),
        "image/gif" => Some(ImageFormat::Gif),
        "image/webp" => Some(ImageFormat::WebP),
        _ => None,
    }
}

fn decode_limited(
    source: impl BufRead + Seek,
    format: ImageFormat,
) -> Result<Option<Picture>, Error> {
    let mut reader = ImageReader::with_format(source, format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let Ok(mut decoder) = reader.into_decoder() else {
        return Ok(None);
    };
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        let message = format!(
            "is an image of {width} × {height} pixels, and at most {MOST_PIXELS} pixels are allowed"
        );
        return Err(Error::invalid("", "too_many_pixels", message));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let is_turned = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (width, height) = if is_turned {
        (height, width)
    } else {
        (width, height)
    };
    let is_small_enough = decoder.total_bytes() <= MOST_BYTES;
    let thumbnail = is_small_enough
        .then(|| DynamicImage::from_decoder(decoder).ok())
        .flatten()
        .and_then(|picture| make_thumbnail(picture, orientation));
    Ok(Some(Picture {
        dimensions: Dimensions { width, height },
        thumbnail,
    }))
}

/// Creates a thumbnail: PNG if the picture has transparency, else JPEG. Returns `None` if it cannot be encoded.
fn make_thumbnail(picture: DynamicImage, orientation: Orientation) -> Option<Vec<u8>> {
    let is_large = picture.width().max(picture.height()) > THUMBNAIL_SIDE;
    let mut small = if is_large {
        picture.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
    } else {
        picture
    };
    small.apply_orientation(orientation);
    let mut written = Cursor::new(Vec::new());
    let made = if small.color().has_alpha() {
        DynamicImage::from(small.into_rgba8()).write_to(&mut written, ImageFormat::Png)
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut written, QUALITY);
        DynamicImage::from(small.into_rgb8()).write_with_encoder(encoder)
    };
    made.ok().map(|()| written.into_inner())
}

#[cfg(test)]
mod tests {
    use image::RgbImage;

    use super::*;

    fn encode_jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut written = Cursor::new(Vec::new());
        DynamicImage::from(RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 7])
        }))
        .write_to(&mut written, ImageFormat::Jpeg)
        .unwrap();
        written.into_inner()
    }

    /// Adds an EXIF segment with an orientation and a text that stands for a location.
    fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
        exif.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
        exif.extend_from_slice(&[0x0e, 0x01, 2, 0, 12, 0, 0, 0, 38, 0, 0, 0]);
        exif.extend_from_slice(&[0; 4]);
        exif.extend_from_slice(b"SECRETPLACE\0");
        let length = u16::try_from(exif.len() + 2).unwrap();
        let mut all = jpeg[..2].to_vec();
        all.extend_from_slice(&[0xff, 0xe1]);
        all.extend_from_slice(&length.to_be_bytes());
        all.extend_from_slice(&exif);
        all.extend_from_slice(&jpeg[2..]);
        all
    }

    #[test]
    fn applies_orientation_and_drops_metadata() {
        let file = with_exif(&encode_jpeg(1_200, 600), 6);
        assert!(file.windows(11).any(|word| word == b"SECRETPLACE"));
        let picture = decode_picture(Cursor::new(file), "image/jpeg")
            .unwrap()
            .unwrap();
        let Dimensions { width, height } = picture.dimensions;
        assert_eq!((width, height), (600, 1_200));
        let small = picture.thumbnail.unwrap();
        assert!(!small.windows(11).any(|word| word == b"SECRETPLACE"));
        assert!(!small.windows(4).any(|word| word == b"Exif"));
        let small = image::load_from_memory(&small).unwrap();
        assert_eq!((small.width(), small.height()), (256, 512));
    }

    #[test]
    fn rejects_decompression_bombs_by_header() {
        // A picture of 60,000 × 60,000 pixels in a hundred bytes.
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut head = b"IHDR".to_vec();
        head.extend_from_slice(&60_000_u32.to_be_bytes());
        head.extend_from_slice(&60_000_u32.to_be_bytes());
        head.extend_from_slice(&[8, 6, 0, 0, 0]);
        png.extend_from_slice(&13_u32.to_be_bytes());
        png.extend_from_slice(&head);
        png.extend_from_slice(&compute_crc(&head).to_be_bytes());
        png.extend_from_slice(&[0, 0, 0, 0, b'I', b'D', b'A', b'T', 0x35, 0xaf, 0x06, 0x1e]);
        let error = decode_picture(Cursor::new(png), "image/png").unwrap_err();
        assert_eq!(error.field_errors()[0].code, "too_many_pixels");
    }

    #[test]
    fn accepts_other_files_without_dimensions() {
        for kind in [
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "application/pdf",
        ] {
            assert_eq!(
                decode_picture(Cursor::new(b"\x89PNG\r\n\x1a\nno"), kind).unwrap(),
                None
            );
        }
    }

    /// Returns the CRC-32 checksum that PNG chunks use.
    fn compute_crc(bytes: &[u8]) -> u32 {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        crc.sum()
    }
}
