-- Indexes and counters as Odoo left them; statistics; nothing of ours stays behind.

SELECT indexdef FROM bench.index_kept \gexec

SELECT format('SELECT setval(%L, GREATEST(1, (SELECT MAX(id) FROM %I)))', name || '_id_seq', name)
  FROM unnest(ARRAY['res_partner', 'account_move', 'account_move_line', 'account_payment', 'account_full_reconcile',
                    'sale_order', 'sale_order_line']) name \gexec
UPDATE ir_sequence SET number_next = (SELECT MAX(id) + 1 FROM sale_order) WHERE code = 'sale.order';
SELECT format('ALTER SEQUENCE ir_sequence_%s RESTART WITH %s', LPAD(id::text, 3, '0'), (SELECT MAX(id) + 1 FROM sale_order))
  FROM ir_sequence WHERE code = 'sale.order' AND implementation = 'standard' \gexec

DROP SCHEMA bench CASCADE;
VACUUM ANALYZE;
