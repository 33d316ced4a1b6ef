-- The lines of the invoices: one or two of products, one of tax, one or two receivable.

CREATE UNLOGGED TABLE bench.line AS
SELECT i.k, i.line_id + l.offset_id AS id, l.display_type, l.account_id, -i.sign * l.amount AS amount, -i.sign * l.balance AS balance,
       l.quantity, l.price, l.product_id, NULL::date AS due, 0::numeric AS residual, 0::numeric AS residual_currency, FALSE AS reconciled
  FROM bench.invoice i
  JOIN bench.company c ON c.company_id = i.company_id
 CROSS JOIN LATERAL (VALUES
        (1, 'product', c.income_id, i.untaxed_1, i.balance_1, i.quantity_1, i.price_1, c.products[1 + i.k % 20]),
        (2, 'product', c.income_id, i.untaxed_2, i.balance_2, i.quantity_2, i.price_2, c.products[1 + (i.k + 7) % 20]),
        (3, 'tax', c.tax_account_id, i.tax, i.balance_tax, NULL, NULL, NULL)
       ) l (offset_id, display_type, account_id, amount, balance, quantity, price, product_id)
 WHERE l.offset_id <> 2 OR i.has_second
UNION ALL
SELECT i.k, t.line_id, 'payment_term', c.receivable_id, t.amount, t.balance, NULL, NULL, NULL, t.due,
       t.balance - t.paid_balance, t.amount - t.paid, t.amount = t.paid
  FROM bench.instalment t
  JOIN bench.invoice i ON i.k = t.k
  JOIN bench.company c ON c.company_id = i.company_id;

INSERT INTO account_move_line (id, move_id, journal_id, company_id, company_currency_id, sequence, account_id,
       currency_id, partner_id, tax_line_id, tax_group_id, tax_repartition_line_id, product_id, product_uom_id,
       move_name, parent_state, name, display_type, date, invoice_date, date_maturity, debit, credit, balance,
       amount_currency, tax_base_amount, amount_residual, amount_residual_currency, quantity, price_unit,
       price_subtotal, price_total, discount, reconciled, full_reconcile_id, matching_number, is_storno, is_imported,
       no_followup, is_downpayment, create_uid, write_uid, create_date, write_date)
SELECT l.id, i.move_id, c.sales_journal_id, i.company_id, i.company_currency_id,
       CASE l.display_type WHEN 'product' THEN 100 WHEN 'tax' THEN 200 ELSE 300 END,
       l.account_id, i.currency_id, i.customer_id,
       CASE WHEN l.display_type = 'tax' THEN c.tax_id END, CASE WHEN l.display_type = 'tax' THEN c.tax_group_id END,
       CASE WHEN l.display_type <> 'tax' THEN NULL WHEN i.sign < 0 THEN c.tax_refund_line_id ELSE c.tax_invoice_line_id END,
       l.product_id, CASE WHEN l.product_id IS NOT NULL THEN c.uom_id END,
       CASE WHEN NOT i.is_draft THEN i.prefix || i.k END, i.state,
       CASE l.display_type WHEN 'product' THEN 'Product' WHEN 'tax' THEN '15%' ELSE i.prefix || i.k END,
       l.display_type, i.day, i.day, l.due, GREATEST(l.balance, 0), GREATEST(-l.balance, 0), l.balance,
       l.amount, CASE WHEN l.display_type = 'tax' THEN i.balance_1 + i.balance_2 ELSE 0 END,
       l.residual, l.residual_currency, COALESCE(l.quantity, 0), COALESCE(l.price, 0),
       CASE l.display_type WHEN 'product' THEN ABS(l.amount) ELSE 0 END,
       CASE l.display_type WHEN 'product' THEN ROUND(ABS(l.amount) * 1.15, 2) ELSE 0 END,
       0, l.reconciled, CASE WHEN l.reconciled THEN i.k END,
       CASE WHEN l.reconciled THEN i.k::text WHEN l.due IS NOT NULL AND i.paid = 'part' AND l.residual <> l.balance THEN 'P' || i.k END,
       FALSE, FALSE, FALSE, i.is_down_payment, 2, 2, i.day, i.day
  FROM bench.line l
  JOIN bench.invoice i ON i.k = l.k
  JOIN bench.company c ON c.company_id = i.company_id;

INSERT INTO account_move_line_account_tax_rel (account_move_line_id, account_tax_id)
SELECT l.id, c.tax_id FROM bench.line l
  JOIN bench.invoice i ON i.k = l.k
  JOIN bench.company c ON c.company_id = i.company_id
 WHERE l.display_type = 'product';
DROP TABLE bench.line;
