SELECT json_build_object(
    'customers', (SELECT COUNT(*) FROM res_partner WHERE ref LIKE 'BENCH-%' AND is_company),
    'invoices', (SELECT COUNT(*) FROM account_move WHERE move_type IN ('out_invoice', 'out_refund')),
    'lines', (SELECT COUNT(*) FROM account_move_line),
    'orders', (SELECT COUNT(*) FROM sale_order),
    'open_items', (SELECT COUNT(*) FROM account_move_line l JOIN account_account a ON a.id = l.account_id
                    WHERE a.account_type = 'asset_receivable' AND l.amount_residual <> 0 AND l.parent_state = 'posted')
                + (SELECT COUNT(*) FROM sale_order WHERE state = 'sale' AND invoice_status <> 'invoiced'))
