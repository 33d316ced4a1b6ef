"""The rooms, in the order in which data flows: a room knows the rooms above it."""

from . import record  # what is kept of what happened: the log, and the words it keeps
from . import setup  # who may, and what a company counts
from . import profile  # the credit file of a customer: rating, group, limit
from . import reading  # whose documents, as of which day: how statements of facts are made
from . import open_item  # what is open of each journal item, as of any day
from . import exposure  # facts of money: what is owed and will be owed
from . import sheet  # every document behind a figure
from . import behaviour  # how the customer pays, what it promised, what covers it
from . import financials  # what its balance sheets say: entered, imported, ratios, Altman's Z″
from . import dossier  # what others say of a customer, and what was seen there
from . import limit  # which limit applies, and how it changes
from . import aging  # open items in columns of their age, and what they add up to
from . import aging_file  # what they add up to as a workbook, as plain rows, on paper
from . import schedule  # what is done on a day of each month; aged receivables by e-mail
from . import statement  # what is said to be open, as it was sent, and what the customer says to it
from . import confirmation  # balances that customers confirm to an auditor, and how the rest is tested
from . import history  # figures of each day, kept: what lists and charts of the past read
from . import policy  # what is allowed: policies, rules, their sentences
from . import deposit  # what is to be received of an order first
from . import terms  # how long terms of payment really run, what is allowed of them, what is proposed
from . import proposal  # what several methods would grant a customer
from . import change  # what lets more pass than before, and who applies it
from . import cap  # a customer's own caps: on a single document, on a component of the exposure
from . import revaluation  # many limits looked at in one journal, and changed by another person
from . import interest  # what late payment costs: dated rates, and what was open when
from . import notice  # what was said to whom: notices and their items
from . import late  # what late payment costs a customer: previewed, claimed, invoiced, waived
from . import dunning  # which notice comes next, or why none does; how far dunning of a customer has come
from . import dunning_run  # the notices of a day: prepared, looked at, sent, undone
from . import reach  # when people are called, by their day and their hours
from . import factor  # what is known of customers as of a day: what scores are made of
from . import scoring  # scorecards, scores with their reasons, and what follows from them each night
from . import proof  # whether scores told who would pay late
from . import hold  # documents that wait, and how they get free
from . import gate  # facts, decision, log, and what lets a document through
from . import log  # what the log says of a document, a customer, a person, and how it is found
from . import fact  # columns of core's that facts are read from, and who may change each
from . import documents  # what we override of core's
from . import prepayment  # what an order shows of its deposit, and how it is paid
from . import ledger  # what stays as it was posted, and what was received
from . import merge  # customers that become another one: merged, or with another parent
from . import screen  # what people see of a file
from . import assessment  # what asks for a rating and a limit, and when a customer is looked at again
from . import following  # what follows from a score by rules: reviews, tasks, lower limits, protective holds
from . import simulation  # what another card and other methods would do, before anything is saved
