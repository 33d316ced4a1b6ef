-- One payment entry per paid invoice, seven in ten with a payment record (the rest came from bank
-- statements), and payments that are not matched to any invoice. A few came long before their invoice.

CREATE UNLOGGED TABLE bench.payment AS
SELECT i.k, i.n, i.customer_id, i.company_id, i.company_currency_id, i.currency_id, i.sign AS sign, i.paid = 'full' AS is_full,
       TRUE AS is_allocated,
       LEAST(CURRENT_DATE, CASE WHEN i.n > 3 AND bench.u(i.k, 40) < 0.02 THEN i.day - 20 - FLOOR(200 * bench.u(i.k, 41))::int
                                ELSE i.due + FLOOR(40 * bench.u(i.k, 41))::int - 20 END) AS day,
       SUM(t.paid) AS amount, SUM(t.paid_balance) AS balance, i.sign > 0 AND bench.u(i.k, 42) < 0.7 AS has_record
  FROM bench.invoice i JOIN bench.instalment t ON t.k = i.k
 WHERE i.paid <> 'none'
 GROUP BY i.k
UNION ALL
SELECT k, n, c.id, o.company_id, o.company_currency_id, o.company_currency_id, 1, FALSE, FALSE,
       CURRENT_DATE - FLOOR(60 * bench.u(k, 43))::int, x.amount, x.amount, TRUE
  FROM generate_series(:invoices + 1, :invoices + :invoices / 200) k
 CROSS JOIN LATERAL (SELECT 4 + FLOOR((:customers - 3) * bench.u(k, 44))::int AS n,
                            ROUND((10 + 990 * bench.u(k, 45))::numeric, 2) AS amount) x
  JOIN bench.customer c USING (n)
  JOIN bench.company o ON o.number = c.home;
ALTER TABLE bench.payment ADD COLUMN move_id int, ADD COLUMN line_id int, ADD COLUMN payment_id int, ADD COLUMN name text,
      ADD COLUMN is_pending boolean, ADD COLUMN exchange_id int, ADD COLUMN difference numeric DEFAULT 0;
UPDATE bench.payment p
   SET move_id = s.move + :invoices + p.k, line_id = s.line + :invoices * 10 + 20 + p.k * 2,
       payment_id = CASE WHEN p.has_record THEN s.payment + p.k END,
       name = 'PBNK1/' || EXTRACT(YEAR FROM p.day) || '/' || p.k,
       is_pending = p.has_record AND p.day > CURRENT_DATE - 15 AND bench.u(p.k, 46) < 0.5
  FROM bench.start s;

-- Paid in foreign currency at the rate of another day: what is lost or won is booked at the end of the month.
UPDATE bench.payment p
   SET difference = ROUND(p.balance * (0.08 * bench.u(p.k, 47) - 0.04)::numeric, 2), exchange_id = s.move + :invoices * 3 + p.k
  FROM bench.invoice i, bench.start s
 WHERE i.k = p.k AND i.is_foreign AND NOT i.is_split AND p.is_full AND p.sign > 0 AND p.n > 3;
UPDATE bench.payment SET exchange_id = NULL WHERE difference = 0;
UPDATE bench.payment SET balance = balance - difference WHERE difference <> 0;
ANALYZE bench.payment;

INSERT INTO account_move (id, name, sequence_prefix, sequence_number, state, move_type, auto_post, journal_id,
       company_id, partner_id, commercial_partner_id, currency_id, date, origin_payment_id, amount_untaxed, amount_tax,
       amount_total, amount_residual, amount_untaxed_signed, amount_tax_signed, amount_total_signed,
       amount_total_in_currency_signed, amount_residual_signed, payment_state, posted_before, checked,
       always_tax_exigible, made_sequence_gap, is_manually_modified, is_move_sent, create_uid, write_uid, create_date, write_date)
SELECT p.move_id, p.name, regexp_replace(p.name, '\d+$', ''), p.k, 'posted', 'entry', 'no', c.bank_journal_id,
       p.company_id, p.customer_id, p.customer_id, p.currency_id, p.day, p.payment_id, 0, 0,
       ABS(p.amount), 0, 0, 0, ABS(p.balance), ABS(p.amount), 0, 'not_paid', TRUE, TRUE, FALSE, FALSE, FALSE, FALSE,
       2, 2, p.day, p.day
  FROM bench.payment p JOIN bench.company c ON c.company_id = p.company_id;

INSERT INTO account_move_line (id, move_id, journal_id, company_id, company_currency_id, sequence, account_id,
       currency_id, partner_id, payment_id, move_name, parent_state, name, display_type, date, date_maturity, debit,
       credit, balance, amount_currency, tax_base_amount, amount_residual, amount_residual_currency, quantity, price_unit,
       price_subtotal, price_total, discount, reconciled, full_reconcile_id, matching_number, is_storno, is_imported,
       no_followup, create_uid, write_uid, create_date, write_date)
SELECT p.line_id + l.offset_id, p.move_id, c.bank_journal_id, p.company_id, p.company_currency_id, 10, l.account_id,
       p.currency_id, p.customer_id, p.payment_id, p.name, 'posted', 'Customer Payment',
       CASE l.offset_id WHEN 1 THEN 'payment_term' ELSE 'product' END, p.day, p.day,
       GREATEST(l.balance, 0), GREATEST(-l.balance, 0), l.balance, l.amount, 0, l.residual, l.residual_currency, 1, 0, 0, 0, 0,
       l.reconciled, CASE WHEN l.offset_id = 1 AND p.is_full THEN p.k END,
       CASE WHEN l.offset_id = 1 AND p.is_full THEN p.k::text WHEN l.offset_id = 1 AND p.is_allocated THEN 'P' || p.k END,
       FALSE, FALSE, FALSE, 2, 2, p.day, p.day
  FROM bench.payment p
  JOIN bench.company c ON c.company_id = p.company_id
 CROSS JOIN LATERAL (VALUES
        (0, CASE WHEN p.has_record THEN c.outstanding_id ELSE (SELECT default_account_id FROM account_journal WHERE id = c.bank_journal_id) END, p.balance, p.amount, CASE WHEN p.is_pending THEN p.balance ELSE 0 END,
         CASE WHEN p.is_pending THEN p.amount ELSE 0 END, NOT p.is_pending),
        (1, c.receivable_id, -p.balance, -p.amount, CASE WHEN p.is_allocated THEN 0 ELSE -p.balance END,
         CASE WHEN p.is_allocated THEN 0 ELSE -p.amount END, p.is_allocated)
       ) l (offset_id, account_id, balance, amount, residual, residual_currency, reconciled);

INSERT INTO account_payment (id, move_id, journal_id, company_id, payment_method_line_id, payment_method_id, currency_id,
       partner_id, outstanding_account_id, destination_account_id, name, state, payment_type, partner_type, date, amount,
       amount_company_currency_signed, is_reconciled, is_matched, is_sent, create_uid, write_uid, create_date, write_date)
SELECT p.payment_id, CASE WHEN p.is_allocated OR p.k % 10 > 0 THEN p.move_id END, c.bank_journal_id, p.company_id,
       c.method_line_id, c.method_id, p.currency_id, p.customer_id, c.outstanding_id, c.receivable_id, p.name,
       CASE WHEN p.is_pending OR NOT (p.is_allocated OR p.k % 10 > 0) THEN 'in_process' ELSE 'paid' END,
       'inbound', 'customer', p.day, p.amount, p.balance, p.is_allocated, NOT p.is_pending, FALSE, 2, 2, p.day, p.day
  FROM bench.payment p JOIN bench.company c ON c.company_id = p.company_id
 WHERE p.has_record;

-- A tenth of the unallocated payments has no entry yet.
DELETE FROM account_move_line l USING bench.payment p WHERE l.move_id = p.move_id AND NOT p.is_allocated AND p.k % 10 = 0 AND p.k > :invoices;
DELETE FROM account_move m USING bench.payment p WHERE m.id = p.move_id AND NOT p.is_allocated AND p.k % 10 = 0 AND p.k > :invoices;

INSERT INTO account_full_reconcile (id, create_uid, write_uid, create_date, write_date)
SELECT k, 2, 2, day, day FROM bench.payment WHERE is_full;

INSERT INTO account_partial_reconcile (debit_move_id, credit_move_id, full_reconcile_id, exchange_move_id, debit_currency_id,
       credit_currency_id, company_id, max_date, amount, debit_amount_currency, credit_amount_currency,
       create_uid, write_uid, create_date, write_date)
SELECT CASE WHEN p.sign > 0 THEN t.line_id ELSE p.line_id + 1 END, CASE WHEN p.sign > 0 THEN p.line_id + 1 ELSE t.line_id END,
       CASE WHEN p.is_full THEN p.k END, p.exchange_id, p.currency_id, p.currency_id, p.company_id,
       GREATEST(p.day, i.day), ABS(t.paid_balance) - GREATEST(p.difference, 0), ABS(t.paid), ABS(t.paid), 2, 2, p.day, p.day
  FROM bench.payment p
  JOIN bench.invoice i ON i.k = p.k
  JOIN bench.instalment t ON t.k = p.k
 WHERE p.is_allocated AND t.paid <> 0;
