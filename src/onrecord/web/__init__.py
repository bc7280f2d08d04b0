"""The desk: a ledger in the browser. A request is parsed, the layers above are asked, and the answer is rendered."""
