//! Pictures: their size as they are shown, and a small one of them, made within bounds of pixels and memory.

use std::io::{BufRead, Cursor, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use crate::domain::attachment::Dimensions;
use crate::error::Error;

/// Pixels of the longer side of a small picture.
pub const THUMBNAIL_SIDE: u32 = 512;
/// Pixels of a picture that is taken: more than any camera makes, and what a browser can show.
const MOST_PIXELS: u64 = 200_000_000;
/// Bytes of a picture in memory of which a small one is made; of a larger one there is none.
const MOST_BYTES: u64 = 96 * 1024 * 1024;
/// Of 100; more is not seen at this size.
const QUALITY: u8 = 80;

/// A picture that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its size, after it was turned as it says itself.
    pub dimensions: Dimensions,
    /// A small one, without anything that the picture says of itself, such as where it was taken.
    pub thumbnail: Option<Vec<u8>>,
}

/// Looks at a picture of this media type. None where it is none that can be read; refused if it has more pixels than is allowed.
pub(super) fn look(
    source: impl BufRead + Seek,
    media_type: &str,
) -> Result<Option<Picture>, Error> {
    let Some(format) = format(media_type) else {
        return Ok(None);
    };
    // Whatever is wrong with a file, it is still a file that somebody keeps; a decoder that panics is no reason to lose it.
    catch_unwind(AssertUnwindSafe(|| decoded(source, format))).unwrap_or(Ok(None))
}

/// The format of pictures of this media type, if they can be read here.
pub(super) fn format(media_type: &str) -> Option<ImageFormat> {
    match media_type {
        "image/png" => Some(ImageFormat::Png),
        "image/jpeg" => Some(ImageFormat::Jpeg),
        "image/gif" => Some(ImageFormat::Gif),
        "image/webp" => Some(ImageFormat::WebP),
        _ => None,
    }
}

fn decoded(source: impl BufRead + Seek, format: ImageFormat) -> Result<Option<Picture>, Error> {
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
            "is a picture of {width} × {height} pixels, and at most {MOST_PIXELS} in all are allowed"
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
        .and_then(|picture| thumbnail(picture, orientation));
    Ok(Some(Picture {
        dimensions: Dimensions { width, height },
        thumbnail,
    }))
}

/// A small picture: JPEG, or PNG where one sees through.
fn thumbnail(picture: DynamicImage, orientation: Orientation) -> Option<Vec<u8>> {
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

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut written = Cursor::new(Vec::new());
        DynamicImage::from(RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 7])
        }))
        .write_to(&mut written, ImageFormat::Jpeg)
        .unwrap();
        written.into_inner()
    }

    /// The segment of EXIF with an orientation and a word that stands for a place.
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
    fn turns_pictures_as_they_say_and_tells_nothing_else_of_them() {
        let file = with_exif(&jpeg(1_200, 600), 6);
        assert!(file.windows(11).any(|word| word == b"SECRETPLACE"));
        let picture = look(Cursor::new(file), "image/jpeg").unwrap().unwrap();
        let Dimensions { width, height } = picture.dimensions;
        assert_eq!((width, height), (600, 1_200));
        let small = picture.thumbnail.unwrap();
        assert!(!small.windows(11).any(|word| word == b"SECRETPLACE"));
        assert!(!small.windows(4).any(|word| word == b"Exif"));
        let small = image::load_from_memory(&small).unwrap();
        assert_eq!((small.width(), small.height()), (256, 512));
    }

    #[test]
    fn refuses_bombs_by_their_head() {
        // A picture of 60,000 × 60,000 pixels in a hundred bytes.
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut head = b"IHDR".to_vec();
        head.extend_from_slice(&60_000_u32.to_be_bytes());
        head.extend_from_slice(&60_000_u32.to_be_bytes());
        head.extend_from_slice(&[8, 6, 0, 0, 0]);
        png.extend_from_slice(&13_u32.to_be_bytes());
        png.extend_from_slice(&head);
        png.extend_from_slice(&crc(&head).to_be_bytes());
        png.extend_from_slice(&[0, 0, 0, 0, b'I', b'D', b'A', b'T', 0x35, 0xaf, 0x06, 0x1e]);
        let error = look(Cursor::new(png), "image/png").unwrap_err();
        assert_eq!(error.field_errors()[0].code, "too_many_pixels");
    }

    #[test]
    fn keeps_what_is_no_picture_without_a_size() {
        for kind in [
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "application/pdf",
        ] {
            assert_eq!(
                look(Cursor::new(b"\x89PNG\r\n\x1a\nno"), kind).unwrap(),
                None
            );
        }
    }

    /// The checksum of PNG.
    fn crc(bytes: &[u8]) -> u32 {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        crc.sum()
    }
}
