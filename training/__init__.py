"""How the reader's model is made: dataset, fit, calibrate, export, evaluate. Not shipped with the package."""
