"""What the credit rules mean: pure functions of plain values.

No environment, no records, no clock. See README.md for the vocabulary and the data flow.
"""
