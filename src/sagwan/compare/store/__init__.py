"""A store of claims: a folder of plain files. Editions are added and never overwritten.

    claims-<16 hex digits>.csv       the claims that one imported file brought, for people
    claims-<16 hex digits>.parquet   the same with their readings, for engines
    restatements/<16 hex digits>.csv, .parquet
                                     what later editions say otherwise, and why; made anew each time
    datapackage.json                 which files belong to the store, with their checksums; written last

`Store` reads and adds; `sagwan.compare.store.duck` and `.spark` run the queries of `sagwan/compare/sql`,
`.reference` says in plain Python what each must give.
"""

from sagwan.compare.store.store import Added, Batch, Store, StoreError

__all__ = ["Added", "Batch", "Store", "StoreError"]
