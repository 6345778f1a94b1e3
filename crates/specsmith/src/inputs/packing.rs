//! How a file is packed; it is unpacked while it is read.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// gzip, perhaps of several members.
    Gzip,
    /// Zstandard, perhaps of several frames.
    Zstd,
}

impl Packing {
    /// The packing that an ending such as `gz` stands for.
    pub fn of_ending(ending: &str) -> Self {
        match ending.to_ascii_lowercase().as_str() {
            "gz" | "gzip" => Self::Gzip,
            "zst" | "zstd" => Self::Zstd,
            _ => Self::Plain,
        }
    }

    /// The bytes unpacked.
    pub fn unpack(self, bytes: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        match self {
            Self::Plain => bytes,
            Self::Gzip => Box::new(Told {
                reader: Members::Inside(GzDecoder::new(BufReader::new(bytes))),
                trouble: "it is damaged, or no gzip",
            }),
            Self::Zstd => Box::new(Told {
                reader: Frames::new(bytes),
                trouble: "it is damaged or cut off, or no Zstandard",
            }),
        }
    }
}

/// Says in words of ours what cannot be unpacked; the unpackers have none that are fit for people.
struct Told<R> {
    reader: R,
    trouble: &'static str,
}

impl<R: Read> Read for Told<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use io::ErrorKind::{InvalidData, InvalidInput, Other};
        self.reader
            .read(buffer)
            .map_err(|error| match error.kind() {
                InvalidData | InvalidInput | Other => io::Error::new(InvalidData, self.trouble),
                _ => error,
            })
    }
}

/// One member of gzip after the other; zeros behind the last one fill a block, as gzip has it.
enum Members {
    Inside(GzDecoder<Source>),
    Between(Source),
    Done,
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self {
                Self::Done => return Ok(0),
                Self::Inside(member) => {
                    let read = member.read(buffer)?;
                    if read > 0 {
                        return Ok(read);
                    }
                    if let Self::Inside(member) = std::mem::replace(self, Self::Done) {
                        *self = Self::Between(member.into_inner());
                    }
                }
                Self::Between(source) => {
                    let next = source.fill_buf()?;
                    let zeros = next.iter().take_while(|byte| **byte == 0).count();
                    match next.get(zeros) {
                        None if zeros == 0 => *self = Self::Done,
                        None => source.consume(zeros),
                        Some(0x1f) => {
                            source.consume(zeros);
                            if let Self::Between(source) = std::mem::replace(self, Self::Done) {
                                *self = Self::Inside(GzDecoder::new(source));
                            }
                        }
                        // Told as damage.
                        Some(_) => return Err(io::ErrorKind::InvalidData.into()),
                    }
                }
            }
        }
    }
}

type Frame = ruzstd::decoding::StreamingDecoder<Source, ruzstd::decoding::FrameDecoder>;
type Source = BufReader<Box<dyn Read + Send>>;

/// One frame of Zstandard after the other.
enum Frames {
    Between(Source),
    Inside(Box<Frame>),
    Done,
}

impl Frames {
    fn new(bytes: Box<dyn Read + Send>) -> Self {
        Self::Between(BufReader::new(bytes))
    }
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            // What fails may be tried again, so that only what has come to its end is let go of.
            match self {
                Self::Done => return Ok(0),
                Self::Between(source) => {
                    if source.fill_buf()?.is_empty() {
                        *self = Self::Done;
                    } else if let Self::Between(source) = std::mem::replace(self, Self::Done) {
                        let frame = Frame::new(source).map_err(io::Error::other)?;
                        *self = Self::Inside(Box::new(frame));
                    }
                }
                Self::Inside(frame) => {
                    let read = frame.read(buffer)?;
                    if read > 0 {
                        return Ok(read);
                    }
                    if let Self::Inside(frame) = std::mem::replace(self, Self::Done) {
                        *self = Self::Between(frame.into_inner());
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn unpacked(packing: Packing, bytes: Vec<u8>) -> io::Result<String> {
        let mut text = String::new();
        packing
            .unpack(Box::new(io::Cursor::new(bytes)))
            .read_to_string(&mut text)?;
        Ok(text)
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.as_bytes()).expect("packed");
        packer.finish().expect("packed")
    }

    fn zstd(text: &str) -> Vec<u8> {
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        ruzstd::encoding::compress_to_vec(text.as_bytes(), level)
    }

    #[test]
    fn several_members_and_frames_are_one_text() {
        let two = [gzip("one "), gzip("two")].concat();
        assert_eq!(unpacked(Packing::Gzip, two).expect("a text"), "one two");
        let two = [zstd("one "), zstd("two")].concat();
        assert_eq!(unpacked(Packing::Zstd, two).expect("a text"), "one two");
    }

    #[test]
    fn zeros_behind_gzip_are_nothing_and_all_else_is_damage() {
        let behind = |more: &[u8]| unpacked(Packing::Gzip, [&gzip("one "), more].concat());
        assert_eq!(behind(&[0; 9000]).expect("a text"), "one ");
        let again = [&[0; 9000][..], &gzip("two")].concat();
        assert_eq!(behind(&again).expect("a text"), "one two");
        let error = behind(b"x").expect_err("damage");
        assert_eq!(crate::inputs::reason(&error), "it is damaged, or no gzip");
    }

    #[test]
    fn what_is_cut_off_is_an_error() {
        let mut cut = gzip("a text that is long enough to be cut");
        cut.truncate(20);
        assert!(unpacked(Packing::Gzip, cut).is_err());
        let mut cut = zstd("a text that is long enough to be cut");
        cut.truncate(12);
        assert!(unpacked(Packing::Zstd, cut).is_err());
        let said = |packing| {
            let error = unpacked(packing, b"nothing of the kind".to_vec());
            crate::inputs::reason(&error.expect_err("no text"))
        };
        assert_eq!(said(Packing::Gzip), "it is damaged, or no gzip");
        assert_eq!(
            said(Packing::Zstd),
            "it is damaged or cut off, or no Zstandard"
        );
    }
}
