"""The text model: logistic regressions over the wording of texts and the results of the rules, one for each yes or no.

`weights.parquet` and `model.json` are made by `make model` from the labelled texts and read by `weights.load`.
"""
