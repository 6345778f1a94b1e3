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

    /// The packing that the first bytes of a file are the mark of: no text begins with them.
    pub fn of_bytes(beginning: &[u8]) -> Self {
        match beginning {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Zstd,
            _ => Self::Plain,
        }
    }

    /// What it is called, and the ending that it has in names.
    pub fn name_and_ending(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some(("gzip", ".gz")),
            Self::Zstd => Some(("Zstandard", ".zst")),
        }
    }

    /// The bytes unpacked.
    pub fn unpack(self, bytes: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        match self {
            Self::Plain => bytes,
            Self::Gzip => Box::new(Told {
                reader: Parts::Inside(GzDecoder::new(BufReader::new(bytes))),
                trouble: "it is damaged, or no gzip",
            }),
            Self::Zstd => Box::new(Told {
                reader: Parts::<Box<Frame>>::Between(BufReader::new(bytes)),
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

type Source = BufReader<Box<dyn Read + Send>>;

/// Texts packed one behind the other, unpacked as one.
enum Parts<P> {
    Inside(P),
    Between(Source),
    Done,
}

/// One of them: a member of gzip, or a frame of Zstandard.
trait Part: Read + Sized {
    /// Begins to unpack the one that comes next.
    fn begin(source: Source) -> io::Result<Self>;
    /// What comes behind it.
    fn end(self) -> Source;
    /// Whether another one comes, once what may stand between two is passed.
    fn comes(source: &mut Source) -> io::Result<bool>;
}

impl<P: Part> Read for Parts<P> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            // What fails may be tried again, so that only what has come to its end is let go of.
            let ended = match self {
                Self::Done => return Ok(0),
                Self::Inside(part) => match part.read(buffer)? {
                    0 => true,
                    read => return Ok(read),
                },
                Self::Between(source) => !P::comes(source)?,
            };
            *self = match std::mem::replace(self, Self::Done) {
                Self::Inside(part) => Self::Between(part.end()),
                Self::Between(source) if !ended => Self::Inside(P::begin(source)?),
                Self::Between(_) | Self::Done => Self::Done,
            };
        }
    }
}

impl Part for GzDecoder<Source> {
    fn begin(source: Source) -> io::Result<Self> {
        Ok(Self::new(source))
    }

    fn end(self) -> Source {
        self.into_inner()
    }

    /// Zeros behind a member fill a block, as gzip has it; all else is damage.
    fn comes(source: &mut Source) -> io::Result<bool> {
        loop {
            let next = source.fill_buf()?;
            let zeros = next.iter().take_while(|byte| **byte == 0).count();
            match next.get(zeros) {
                None if zeros == 0 => return Ok(false),
                None => source.consume(zeros),
                Some(0x1f) => {
                    source.consume(zeros);
                    return Ok(true);
                }
                Some(_) => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
    }
}

type Frame = ruzstd::decoding::StreamingDecoder<Source, ruzstd::decoding::FrameDecoder>;

impl Part for Box<Frame> {
    fn begin(source: Source) -> io::Result<Self> {
        let frame = Frame::new(source).map_err(io::Error::other)?;
        Ok(Self::new(frame))
    }

    fn end(self) -> Source {
        self.into_inner()
    }

    fn comes(source: &mut Source) -> io::Result<bool> {
        Ok(!source.fill_buf()?.is_empty())
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
    fn packed_bytes_tell_their_packing() {
        assert_eq!(Packing::of_bytes(&gzip("a")), Packing::Gzip);
        assert_eq!(Packing::of_bytes(&zstd("a")), Packing::Zstd);
        assert_eq!(Packing::of_bytes(b"(a)"), Packing::Plain);
        assert_eq!(Packing::of_bytes(b""), Packing::Plain);
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
