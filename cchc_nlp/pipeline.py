"""The spaCy face: the stages of `cchc_nlp.stages` as components of a Vietnamese pipeline.

`load()` gives a `Language` whose tokenizer keeps the caller's text as it is. The components also work behind any
other tokenizer: the first of them begins the analysis from `doc.text`. Every stage is a component under its
own name (registered through entry points), can be disabled, removed or replaced, and writes to

* `doc.spans[kind]` for kind in dates, documents, places, agencies, officials, metrics, findings
  (token-aligned; a span's label is the value, level, kind, unit or label);
* `doc.sents`;
* `doc._.cchc`, the `Analysis` itself, with exact offsets;
* `doc._.record`, the finished `ArticleRecord`, built when asked for;
* `doc._.words`, underthesea's word segmentation as spans, computed when asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from types import SimpleNamespace
from typing import Any

import regex
import spacy
import srsly
from pydantic import TypeAdapter
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from cchc_nlp import records
from cchc_nlp.analysis import Analysis, Mention
from cchc_nlp.classify.learned import default_directory, load_models
from cchc_nlp.stages import STAGE_NAMES, Stage, begin, stages

_TOKEN = regex.compile(
    r"\d++(?:[.,/:]\d++)*+"  # numbers, dates, times
    r"|[\p{L}\p{M}]++(?:['’][\p{L}\p{M}]++)*+"  # syllables, with their combining marks
    r"|\s++|\X"  # blanks, then any other character
)


class Tokenizer:
    """Cuts text into syllables, numbers and signs; `doc.text` is the text exactly as passed."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A `Doc` whose `doc._.cchc` holds the text stage's view of it."""
        words: list[str] = []
        spaces: list[bool] = []
        for token in _TOKEN.findall(text):
            if token.isspace():
                if token.startswith(" ") and words and not spaces[-1] and not words[-1].isspace():
                    spaces[-1] = True
                    token = token[1:]  # noqa: PLW2901  (one blank belongs to the token before it)
                if not token:
                    continue
            words.append(token)
            spaces.append(False)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc._.cchc = begin(text)
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to save: the tokenizer has no state."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> Tokenizer:
        """Nothing to load."""
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        """Nothing to save."""

    def from_disk(self, _path: Any, **_: Any) -> Tokenizer:
        """Nothing to load."""
        return self


def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Registered as `cchc.Tokenizer.v1` among spaCy's tokenizers."""
    return lambda nlp: Tokenizer(nlp.vocab)


def _analysis(doc: Doc) -> Analysis:
    """The document's analysis; begun from its text where another tokenizer made the document."""
    if doc._.cchc is None:
        doc._.cchc = begin(doc.text)
    analysis: Analysis = doc._.cchc
    return analysis


def _spans(doc: Doc, kind: str, items: Iterable[tuple[Mention, str]]) -> None:
    spans: list[Span | None] = []
    for item, label in items:
        start, end = doc._.cchc.offsets.to_source(item.start, item.end)
        spans.append(doc.char_span(start, end, label=label, alignment_mode="expand"))
    doc.spans[kind] = SpanGroup(doc, name=kind, spans=[span for span in spans if span is not None])


_MENTIONS: dict[str, Callable[[Analysis], Iterable[tuple[Mention, str]]]] = {
    "dates": lambda a: ((d, d.value) for d in a.dates),
    "documents": lambda a: ((d, d.type) for d in a.documents),
    "places": lambda a: ((p, p.level) for p in a.places),
    "agencies": lambda a: ((g, g.kind) for g in a.agencies),
    "officials": lambda a: ((m, o.name) for o in a.officials for m in o.mentions),
    "metrics": lambda a: ((m, m.unit) for m in a.metrics),
    "findings": lambda a: ((f, f.label) for f in a.findings),
}


class Component:
    """A stage as a spaCy component."""

    def __init__(self, name: str, stage: Stage) -> None:
        self.name = name
        self.stage = stage
        self.kind = name.removeprefix("cchc_")

    def __call__(self, doc: Doc) -> Doc:
        """Runs the stage on the document's analysis and mirrors its mentions as spans."""
        analysis = _analysis(doc)
        self.stage(analysis)
        if self.kind == "segments":
            _mark_sentences(doc)
        elif self.kind in _MENTIONS:
            _spans(doc, self.kind, _MENTIONS[self.kind](analysis))
        return doc


def _mark_sentences(doc: Doc) -> None:
    if doc.has_annotation("DEP"):
        return  # a parser has set the sentences, and spaCy lets nobody change them
    to_source = doc._.cchc.offsets.to_source
    starts = iter([to_source(s.start, s.end)[0] for s in doc._.cchc.sentences])
    following = next(starts, None)
    for token in doc:
        starts_here = following is not None and token.idx + len(token) > following
        token.is_sent_start = starts_here or token.i == 0
        while following is not None and token.idx + len(token) > following:
            following = next(starts, None)


def _register(stage: str) -> Callable[[Language, str], Component]:
    def create(nlp: Language, name: str) -> Component:
        return Component(stage, stages(load_models(default_directory()))[stage])

    Language.factory(stage, func=create)
    return create


# the entry points of `pyproject.toml` name these, so that spaCy finds the components without an import of ours
COMPONENT_FACTORIES = SimpleNamespace(**{stage.removeprefix("cchc_"): _register(stage) for stage in STAGE_NAMES})


def _words(doc: Doc) -> list[Span]:
    import underthesea  # noqa: PLC0415  (heavy, and few ask for it)

    spans: list[Span] = []
    position = 0
    for word in underthesea.word_tokenize(doc.text):
        pieces = word.split()
        if not pieces:
            continue
        start = doc.text.find(pieces[0], position)
        end = start
        for piece in pieces:
            found = doc.text.find(piece, end)
            end = found + len(piece) if found >= 0 else -1
            if end < 0:
                break
        if start < 0 or end < 0:
            continue
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            spans.append(span)
        position = end
    return spans


def _record(doc: Doc) -> records.ArticleRecord:
    return records.build(_analysis(doc))


_ANALYSIS_KEY = "__cchc_analysis__"


@cache
def _adapter() -> TypeAdapter[Analysis]:
    return TypeAdapter(Analysis)


def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, Analysis):
        return {_ANALYSIS_KEY: _adapter().dump_python(value, mode="json")}
    return value if chain is None else chain(value)


def _decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and _ANALYSIS_KEY in value:
        return _adapter().validate_python(value[_ANALYSIS_KEY])
    return value if chain is None else chain(value)


# what lets `doc.to_bytes()` and `nlp.pipe(..., n_process=2)` carry the analysis along
srsly.msgpack_encoders("cchc_analysis", func=_encode)
srsly.msgpack_decoders("cchc_analysis", func=_decode)


def _extend_doc() -> None:
    Doc.set_extension("cchc", default=None, force=True)
    Doc.set_extension("record", getter=_record, force=True)
    Doc.set_extension("words", getter=_words, force=True)


_extend_doc()


def load() -> Language:
    """A Vietnamese spaCy pipeline with every stage, in order."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "cchc.Tokenizer.v1"}}})
    for name in STAGE_NAMES:
        nlp.add_pipe(name)
    return nlp
