"""Records of a WET file as rows for `linesieve check --input ndjson`. No package needed."""

import gzip
import json


def rows_of_wet(data):
    """Yields a JSON row {"id": address, "text": text} for each `conversion` record of the bytes of a WET file, gzipped or not."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    at = 0
    while (start := data.find(b"WARC/1.", at)) != -1:
        end = data.find(b"\r\n\r\n", start)
        if end == -1:
            return
        fields = _fields(data[start:end])
        length = int(fields.get("content-length", "0"))
        at = end + 4 + length
        if fields.get("warc-type") == "conversion":
            text = data[end + 4 : at].decode("utf-8", errors="replace")
            yield json.dumps({"id": fields.get("warc-target-uri", ""), "text": text})


def _fields(head):
    lines = head.decode("utf-8", errors="replace").split("\r\n")[1:]
    return {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
