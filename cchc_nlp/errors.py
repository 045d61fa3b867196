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
