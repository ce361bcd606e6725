"""Past one machine: the same verdict with Apache Spark, from a path that all machines share.

The checks are those of `sagwan.verify`, run on the executors part by part; nothing but hashes, counts and the
words of what failed comes back to the driver. `pyspark` is imported only when the engine is made.
"""

from sagwan.verify.spark.engine import Spark

__all__ = ["Spark"]
