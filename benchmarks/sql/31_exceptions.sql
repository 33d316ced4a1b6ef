-- What makes an aging hard: exchange entries, lines of bank statements, payments that bounced, documents that were
-- reset to draft and keep their matches, receivables of nobody.

CREATE UNLOGGED TABLE bench.entry (id int, line_id int, name text, company_id int, journal_id int, company_currency_id int,
       currency_id int, day date, partner_id int, account_id int, other_account_id int, balance numeric, amount numeric,
       is_matched boolean, k bigint, reversed_entry_id int);

INSERT INTO bench.entry
SELECT p.exchange_id, s.line + :invoices * 14 + p.k * 2, 'EXCH/' || p.k, p.company_id, x.currency_exchange_journal_id,
       p.company_currency_id, p.currency_id,
       (date_trunc('month', GREATEST(p.day, i.day)) + interval '1 month - 1 day')::date,
       p.customer_id, c.receivable_id, c.income_id, -p.difference, 0, TRUE, p.k, NULL
  FROM bench.payment p
  JOIN bench.invoice i ON i.k = p.k
  JOIN bench.company c ON c.company_id = p.company_id
  JOIN res_company x ON x.id = p.company_id, bench.start s
 WHERE p.difference <> 0;

-- Of those paid by a payment record: rejected by the bank, reversed, the payment or the invoice reset to draft.
CREATE UNLOGGED TABLE bench.bounced AS
SELECT p.*, (ARRAY['rejected', 'reversed', 'payment reset', 'invoice reset'])[1 + FLOOR(bench.u(p.k, 48) / 0.002)::int] AS what
  FROM bench.payment p
 WHERE p.is_full AND p.has_record AND NOT p.is_pending AND p.difference = 0 AND p.n > 203 AND bench.u(p.k, 48) < 0.008;

UPDATE account_payment y SET state = CASE b.what WHEN 'rejected' THEN 'rejected' ELSE 'draft' END
  FROM bench.bounced b WHERE b.payment_id = y.id AND b.what IN ('rejected', 'payment reset');

INSERT INTO bench.entry
SELECT s.move + :invoices * 4 + b.k, s.line + :invoices * 16 + b.k * 2, 'RPBNK1/' || b.k, b.company_id, c.bank_journal_id,
       b.company_currency_id, b.currency_id, LEAST(CURRENT_DATE, b.day + 5 + FLOOR(20 * bench.u(b.k, 49))::int),
       b.customer_id, c.receivable_id, c.outstanding_id, b.balance, b.amount, FALSE, b.k, b.move_id
  FROM bench.bounced b JOIN bench.company c ON c.company_id = b.company_id, bench.start s
 WHERE b.what = 'reversed';

CREATE UNLOGGED TABLE bench.reset AS
SELECT b.move_id FROM bench.bounced b WHERE b.what = 'payment reset'
 UNION ALL
SELECT i.move_id FROM bench.bounced b JOIN bench.invoice i ON i.k = b.k WHERE b.what = 'invoice reset';
UPDATE account_move m SET state = 'draft' FROM bench.reset r WHERE r.move_id = m.id;
UPDATE account_move_line l SET parent_state = 'draft' FROM bench.reset r WHERE r.move_id = l.move_id;

-- Receivables of nobody, one per five hundred invoices.
INSERT INTO bench.entry
SELECT s.move + :invoices * 5 + g, s.line + :invoices * 18 + g * 2, 'MISC/' || g, c.company_id, c.bank_journal_id,
       c.company_currency_id, c.company_currency_id, CURRENT_DATE - FLOOR(600 * bench.u(g, 36))::int, NULL, c.receivable_id,
       c.income_id, x.amount, x.amount, FALSE, NULL, NULL
  FROM generate_series(1, :invoices / 500) g
  JOIN bench.company c ON c.number = 1 + g % 3
 CROSS JOIN LATERAL (SELECT ROUND((200 * bench.u(g, 37) - 80)::numeric, 2) AS amount) x, bench.start s;

INSERT INTO account_move (id, name, sequence_prefix, sequence_number, state, move_type, auto_post, journal_id, company_id,
       partner_id, commercial_partner_id, currency_id, date, reversed_entry_id, amount_untaxed, amount_tax, amount_total,
       amount_residual, amount_untaxed_signed, amount_tax_signed, amount_total_signed, amount_total_in_currency_signed,
       amount_residual_signed, payment_state, posted_before, checked, always_tax_exigible, made_sequence_gap,
       is_manually_modified, is_move_sent, create_uid, write_uid, create_date, write_date)
SELECT e.id, e.name, regexp_replace(e.name, '\d+$', ''), e.id, 'posted', 'entry', 'no', e.journal_id, e.company_id, e.partner_id,
       e.partner_id, e.currency_id, e.day, e.reversed_entry_id, 0, 0, ABS(e.amount), 0, 0, 0, ABS(e.balance), ABS(e.amount),
       0, 'not_paid', TRUE, TRUE, FALSE, FALSE, FALSE, FALSE, 2, 2, e.day, e.day
  FROM bench.entry e;

INSERT INTO account_move_line (id, move_id, journal_id, company_id, company_currency_id, sequence, account_id, currency_id,
       partner_id, move_name, parent_state, name, display_type, date, date_maturity, debit, credit, balance, amount_currency,
       tax_base_amount, amount_residual, amount_residual_currency, quantity, price_unit, price_subtotal, price_total, discount,
       reconciled, full_reconcile_id, matching_number, is_storno, is_imported, no_followup, create_uid, write_uid,
       create_date, write_date)
SELECT e.line_id + side.number, e.id, e.journal_id, e.company_id, e.company_currency_id, 10, side.account_id, e.currency_id,
       e.partner_id, e.name, 'posted', e.name, 'product', e.day, e.day, GREATEST(side.sign * e.balance, 0),
       GREATEST(-side.sign * e.balance, 0), side.sign * e.balance, side.sign * e.amount, 0,
       side.is_open * e.balance, side.is_open * e.amount, 1, 0, 0, 0, 0, side.is_open = 0 AND side.number = 0,
       CASE WHEN e.is_matched AND side.number = 0 THEN e.k END, CASE WHEN e.is_matched AND side.number = 0 THEN e.k::text END,
       FALSE, FALSE, FALSE, 2, 2, e.day, e.day
  FROM bench.entry e
 CROSS JOIN LATERAL (VALUES (0, 1, e.account_id, CASE WHEN e.is_matched THEN 0 ELSE 1 END), (1, -1, e.other_account_id, 0)
       ) side (number, sign, account_id, is_open);

-- A loss is matched with the invoice, a gain with the payment.
INSERT INTO account_partial_reconcile (debit_move_id, credit_move_id, full_reconcile_id, debit_currency_id, credit_currency_id,
       company_id, max_date, amount, debit_amount_currency, credit_amount_currency, create_uid, write_uid, create_date, write_date)
SELECT CASE WHEN e.balance < 0 THEN t.line_id ELSE e.line_id END, CASE WHEN e.balance < 0 THEN e.line_id ELSE p.line_id + 1 END,
       e.k, e.currency_id, e.currency_id, e.company_id, e.day, ABS(e.balance), 0, 0, 2, 2, e.day, e.day
  FROM bench.entry e
  JOIN bench.payment p ON p.k = e.k
  JOIN bench.instalment t ON t.k = e.k
 WHERE e.is_matched;

-- Money that came without a payment record was found on a bank statement.
INSERT INTO account_bank_statement_line (move_id, journal_id, company_id, sequence, partner_id, currency_id, payment_ref,
       internal_index, amount, amount_currency, is_reconciled, amount_residual, create_uid, write_uid, create_date, write_date)
SELECT p.move_id, c.bank_journal_id, p.company_id, 1, p.customer_id, p.company_currency_id, 'Transfer ' || p.k,
       to_char(p.day, 'YYYYMMDD') || LPAD(p.k::text, 20, '0'), p.balance, p.amount, TRUE, 0, 2, 2, p.day, p.day
  FROM bench.payment p JOIN bench.company c ON c.company_id = p.company_id
 WHERE NOT p.has_record;
UPDATE account_move m SET statement_line_id = b.id FROM account_bank_statement_line b WHERE b.move_id = m.id;
