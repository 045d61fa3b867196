"""Archives in, a dataset out: one run over any number of articles, safe to interrupt at any moment.

`run` is what `cchc batch` calls. Where to start reading: `schema.py` (what comes out, and the batches that go in),
`core.py` (one batch in, its tables out), then the rooms around it: `sources.py` and `readers.py` (from paths to
batches), `engines.py` (who calls the core), `store.py` (shards, manifest, lock), `runner.py` (the loop over all of it).
"""

from cchc_nlp.batch.options import Options
from cchc_nlp.batch.runner import Outcome, run

__all__ = ["Options", "Outcome", "run"]
