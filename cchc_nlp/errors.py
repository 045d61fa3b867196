"""Every error the package raises on purpose.

Each message says which input, what is wrong with it, and what to do.
`extract` itself raises only `InputTypeError`: any text, however damaged, gives a record.
"""

from __future__ import annotations


class CchcError(Exception):
    """Base class of all errors of this package."""


class InputTypeError(CchcError, TypeError):
    """The source is neither `str` nor `bytes`, or `published` is no `date`."""


class UnreadableInputError(CchcError, OSError):
    """A file or stream could not be read at all."""


class LexiconError(CchcError, ValueError):
    """A lexicon file breaks its format; names the file and the line."""


class UnitQueryError(CchcError, ValueError):
    """A search for administrative units asks for a level, year or code that the data do not know."""


class GoldFormatError(CchcError, ValueError):
    """A gold directory or one of its files breaks the format; names the file."""


class MissingExtraError(CchcError, ImportError):
    """An optional dependency is needed; names the extra that installs it."""


class ConfigurationError(CchcError, ValueError):
    """An `Extractor` was configured with a component or a value that does not exist."""


class CorpusFormatError(CchcError, ValueError):
    """An annotated article breaks the corpus format; names the file and the line."""


class ModelError(CchcError, ValueError):
    """A model file is missing, damaged or of another format; names the file. The rules carry on without it."""


class TrainingError(CchcError, ValueError):
    """There is too little to learn from; names the label and how many examples it has."""


class BatchInputError(CchcError, ValueError):
    """An input of a batch cannot be read on, or an article of it is no article; names the file and what is missing."""


class ArticleTooLongError(CchcError, ValueError):
    """An article is longer than the limit; says how long, and which option raises the limit."""


class ArticleTimeoutError(CchcError, TimeoutError):
    """An article took longer than the time-out; its worker was replaced."""


class WorkerDiedError(CchcError, RuntimeError):
    """A worker process died twice over the same article, or could not start."""


class DatasetError(CchcError, ValueError):
    """An output directory cannot be used: it holds something else, another run, or is damaged; says what to do."""


class DatasetLockedError(DatasetError):
    """Another run is writing into the output directory."""


class DatasetReadError(CchcError, ValueError):
    """A dataset cannot be reported on.

    `word` is the message's key in `lexicon/interface.tsv`, `details` what it is about beside the dataset.
    """

    word = "cannot_read"
    message = "{0}: cannot be read"

    def __init__(self, path: object, *details: str) -> None:
        self.path = str(path)
        self.details = details
        super().__init__(self.message.format(path, *details))


class NoDatasetError(DatasetReadError):
    """A directory without a folder `articles` is named as a dataset."""

    word = "no_dataset"
    message = "{0}: no dataset, as it has no folder 'articles'; give the directory that `cchc batch` wrote"


class EmptyDatasetError(DatasetReadError):
    """A dataset has no row in `articles`."""

    word = "empty_dataset"
    message = "{0}: a dataset without an article; run `cchc batch` to its end first"


class MissingTableError(DatasetReadError):
    """A dataset lacks a table."""

    word = "missing_table"
    message = "{0}: the dataset has no table {1!r}; copy the whole directory, or make it anew with `cchc batch`"


class MissingColumnError(DatasetReadError):
    """A table of a dataset lacks columns."""

    word = "missing_column"
    message = "{0}: the table {1!r} lacks {2}; make the dataset anew with `cchc batch`"


class SchemaVersionError(DatasetReadError):
    """Records of a dataset have a form that this version does not know."""

    word = "foreign_schema"
    message = "{0}: records of schema version {1}, where {2} is known; use the version that made them"
