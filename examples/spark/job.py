"""Checks WET files of a crawl with linesieve on a Spark cluster.

spark-submit --py-files rows.py job.py 's3a://bucket/crawl/*.warc.wet.gz' s3a://bucket/verdicts

Every worker needs Node 24 and the `linesieve` command (npm install -g). A row of the result is what `linesieve check --input ndjson`
prints: a verdict as JSON with the id of its record, the address of the page.
"""

import sys

from pyspark.sql import SparkSession

# `check` exits with 1 where it found something, and Spark takes that for a failure; 2 and 3 are real failures and stay.
COMMAND = "bash -c 'linesieve check - --input ndjson || [ $? -eq 1 ]'"


def main(source, target):
    from rows import rows_of_wet

    spark = SparkSession.builder.appName("linesieve").getOrCreate()
    files = spark.sparkContext.binaryFiles(source)
    rows = files.flatMap(lambda file: rows_of_wet(file[1]))
    # One command a partition, half a second each to start: as many as the cluster has cores.
    rows.repartition(spark.sparkContext.defaultParallelism).pipe(COMMAND, checkCode=True).saveAsTextFile(target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: job.py <WET files> <output folder>")
    main(sys.argv[1], sys.argv[2])
