//! Parquet and Arrow files. In: batches of columns. Out: rows of a table, the fields of structures as
//! columns of their own (`user.name`), lists as JSON. Separate because rows and columns meet only here.
//! Of a Parquet file only the columns that are wanted are read, once the sample has been.

use super::stored::{Spoiled, length};
use super::table::{self, Table};
use super::{Container, Halt, Heading, Seekable, Stop, Stored, Unpacker, damaged};
use crate::error::Error;
use crate::input::sample::SAMPLE;
use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{ArrowError, DataType, Fields, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::io::{self, BufReader};

mod chunks;
mod claims;
mod values;

use chunks::Chunks;

/// Parquet.
pub const PARQUET: Container = Container { name: "parquet", fits: |head| head.starts_with(b"PAR1"), seeks: true, unpack: parquet };
/// Arrow IPC with a directory, also called Feather 2.
pub const ARROW_FILE: Container =
    Container { name: "arrow", fits: |head| head.starts_with(b"ARROW1\0\0"), seeks: true, unpack: arrow_file };
/// Arrow IPC as it comes.
pub const ARROW_STREAM: Container = Container { name: "arrow-stream", fits: is_stream, seeks: false, unpack: arrow_stream };

/// Rows of a batch.
const BATCH: usize = 1024;
/// Structures within structures that are taken apart.
const DEPTH: usize = 8;
/// Rows that are written with all columns are enough for this, so that whoever looks at the sample
/// finds it filled.
const FIRST: usize = SAMPLE + (64 << 10);

/// The mark of a message, and the length of a schema that may be.
fn is_stream(head: &[u8]) -> bool {
    matches!(head, [0xFF, 0xFF, 0xFF, 0xFF, _, _, size, 0, ..] if *size < 16)
}

fn parquet(stored: Stored, unpacker: &mut Unpacker) -> Result<(), Halt> {
    let broken = |e: &dyn std::fmt::Display| damaged(&io::Error::other(e.to_string()), &["parquet"]);
    let chunks = Chunks::new(laid_aside(stored, unpacker)?).map_err(|e| damaged(&e, &["parquet"]))?;
    let metadata = ArrowReaderMetadata::load(&chunks, ArrowReaderOptions::default()).map_err(|e| broken(&e))?;
    let leaves = leaves(metadata.schema());
    let rows = u64::try_from(metadata.metadata().file_metadata().num_rows()).ok();
    begin(unpacker, "Parquet", &leaves, rows, true)?;
    let reader = |wanted: Option<&[bool]>, offset: usize| -> Result<ParquetRecordBatchReader, parquet::errors::ParquetError> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(chunks.clone(), metadata.clone());
        let roots = (0..metadata.schema().fields().len()).filter(|&root| wanted.is_none_or(|wanted| wanted.get(root) == Some(&true)));
        let mask = ProjectionMask::roots(metadata.parquet_schema(), roots);
        builder.with_projection(mask).with_batch_size(BATCH).with_offset(offset).build()
    };
    let result = (|| -> Result<(), Ended> {
        let mut first = Rows::new(&leaves, None, FIRST);
        let mut sampled = false;
        for batch in reader(None, 0)? {
            sampled = first.write(&batch?, unpacker)?;
            if sampled {
                break;
            }
        }
        if !sampled {
            return Ok(());
        }
        unpacker.inlet.flush()?;
        let wanted = unpacker.inlet.wanted()?;
        let mut roots = vec![false; metadata.schema().fields().len()];
        wanted.iter().filter_map(|&column| leaves.get(column)).filter_map(|leaf| leaf.path.first()).for_each(|&root| roots[root] = true);
        let mut rest = Rows::new(&leaves, Some(&roots), usize::MAX);
        for batch in reader(Some(&roots), first.written)? {
            rest.write(&batch?, unpacker)?;
        }
        Ok(())
    })();
    end(result, unpacker)
}

fn arrow_file(stored: Stored, unpacker: &mut Unpacker) -> Result<(), Halt> {
    let mut file = laid_aside(stored, unpacker)?;
    claims::check(&mut file).map_err(|e| damaged(&e, &["arrow"]))?;
    let reader = FileReader::try_new(file, None).map_err(|e| damaged(&io::Error::other(e.to_string()), &["arrow"]))?;
    let schema = reader.schema();
    batches("Arrow", &schema, reader, unpacker)
}

fn arrow_stream(stored: Stored, unpacker: &mut Unpacker) -> Result<(), Halt> {
    let stream = stored.stream().map_err(|e| damaged(&e, &["arrow"]))?;
    let reader = StreamReader::try_new(claims::Checked::new(BufReader::new(stream)), None)
        .map_err(|e| damaged(&io::Error::other(e.to_string()), &["arrow"]))?;
    let schema = reader.schema();
    batches("Arrow stream", &schema, reader, unpacker)
}

fn batches(
    kind: &str,
    schema: &Schema,
    reader: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    unpacker: &mut Unpacker,
) -> Result<(), Halt> {
    let leaves = leaves(schema);
    begin(unpacker, kind, &leaves, None, false)?;
    let mut rows = Rows::new(&leaves, None, usize::MAX);
    let result = (|| -> Result<(), Ended> {
        for batch in reader {
            rows.write(&batch?, unpacker)?;
        }
        Ok(())
    })();
    end(result, unpacker)
}

fn laid_aside(stored: Stored, unpacker: &mut Unpacker) -> Result<Box<dyn Seekable>, Error> {
    let laid = stored.seekable(&mut unpacker.meter);
    let mut file = laid.map_err(|Spoiled { error, .. }| damaged(&error, &unpacker.layers))?;
    length(file.as_mut()).map_err(|e| damaged(&e, &unpacker.layers))?;
    Ok(file)
}

/// Why rows end.
enum Ended {
    Stop(Stop),
    Damaged(String),
}

impl From<Stop> for Ended {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

impl From<ArrowError> for Ended {
    fn from(error: ArrowError) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl From<parquet::errors::ParquetError> for Ended {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Self::Damaged(error.to_string())
    }
}

fn begin(unpacker: &mut Unpacker, kind: &str, leaves: &[Leaf], rows: Option<u64>, selects: bool) -> Result<(), Stop> {
    let columns = leaves.iter().map(|leaf| leaf.name.clone()).collect();
    let table = Table { kind: format!("{kind}, {} columns", leaves.len()), columns, rows, selects };
    unpacker.inlet.begin(Heading { name: unpacker.name.clone(), size: None, layers: unpacker.layers.clone(), table: Some(table) })
}

fn end(result: Result<(), Ended>, unpacker: &mut Unpacker) -> Result<(), Halt> {
    match result {
        Err(Ended::Stop(Stop::All)) => Err(Stop::All.into()),
        Err(Ended::Damaged(said)) => Ok(unpacker.inlet.end(Some(io::Error::other(said)))?),
        Ok(()) | Err(Ended::Stop(Stop::Member)) => Ok(unpacker.inlet.end(None)?),
    }
}

/// A column that is no structure.
struct Leaf {
    /// Its name, behind those of the structures around it.
    name: String,
    /// Its place: number of the column, of the field in that, and so on.
    path: Vec<usize>,
}

fn leaves(schema: &Schema) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    collect(schema.fields(), "", &[], &mut leaves);
    leaves
}

fn collect(fields: &Fields, prefix: &str, above: &[usize], leaves: &mut Vec<Leaf>) {
    for (at, field) in fields.iter().enumerate() {
        let name = format!("{prefix}{}", field.name());
        let path: Vec<usize> = above.iter().copied().chain([at]).collect();
        match field.data_type() {
            DataType::Struct(inner) if path.len() < DEPTH && !inner.is_empty() => collect(inner, &format!("{name}."), &path, leaves),
            _ => leaves.push(Leaf { name, path }),
        }
    }
}

/// Writes batches as rows.
struct Rows<'l> {
    leaves: &'l [Leaf],
    /// Places of the columns in a batch; none for those that are not read.
    roots: Vec<Option<usize>>,
    /// Bytes after which it is enough.
    most: usize,
    bytes: usize,
    /// Rows written.
    written: usize,
    scratch: String,
}

impl<'l> Rows<'l> {
    /// For batches with all columns, or with those that are `read`.
    fn new(leaves: &'l [Leaf], read: Option<&[bool]>, most: usize) -> Self {
        let width = leaves.iter().filter_map(|leaf| leaf.path.first()).max().map_or(0, |last| last + 1);
        let mut next = 0;
        let place = |root: usize| {
            read.is_none_or(|read| read.get(root) == Some(&true)).then(|| {
                next += 1;
                next - 1
            })
        };
        Self { leaves, roots: (0..width).map(place).collect(), most, bytes: 0, written: 0, scratch: String::new() }
    }

    /// Writes a batch; whether it is enough.
    fn write(&mut self, batch: &RecordBatch, unpacker: &mut Unpacker) -> Result<bool, Ended> {
        let columns: Vec<Option<ArrayRef>> = self.leaves.iter().map(|leaf| self.column(batch, leaf)).collect();
        let values: Vec<values::Column> = columns.iter().map(|column| values::Column::of(column.as_ref())).collect();
        for row in 0..batch.num_rows() {
            let out = unpacker.inlet.buffer();
            let start = table::begin(out);
            for value in &values {
                if let Some(text) = value.text(row) {
                    table::cell(out, text);
                } else {
                    self.scratch.clear();
                    value.push(row, &mut self.scratch);
                    table::cell(out, &self.scratch);
                }
            }
            table::end(out, start);
            let bytes = out.len() - start;
            unpacker.meter.table(bytes).map_err(|e| Ended::Damaged(damaged(&e, &[]).message()))?;
            self.bytes += bytes;
            self.written += 1;
            unpacker.inlet.written()?;
            if self.bytes >= self.most {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn column(&self, batch: &RecordBatch, leaf: &Leaf) -> Option<ArrayRef> {
        let (&root, inner) = leaf.path.split_first()?;
        let mut column = batch.columns().get((*self.roots.get(root)?)?)?.clone();
        for &field in inner {
            let parent = column.as_any().downcast_ref::<StructArray>()?;
            column = parent.columns().get(field)?.clone();
        }
        Some(column)
    }
}
