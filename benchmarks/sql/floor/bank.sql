-- Whose payment a bank line that nobody has identified may be: of whom it names, or whose open amount it is.
WITH line AS MATERIALIZED (
     SELECT st.id, st.partner_id, st.currency_id, st.amount, st.account_number, st.partner_name,
            regexp_replace(upper(st.payment_ref), '[^A-Z0-9]', '', 'g') AS text
       FROM account_bank_statement_line st JOIN account_move m ON m.id = st.move_id AND m.state = 'posted'
      WHERE st.is_reconciled IS NOT TRUE AND st.amount > 0 AND st.company_id = %(company)s AND m.date >= CURRENT_DATE - 120),
late AS MATERIALIZED (
     SELECT o.*, SUM(o.amount_currency) OVER (PARTITION BY o.partner_id, o.currency_id ORDER BY o.due, o.id) AS running
       FROM ({open}) o WHERE o.company_id = %(company)s AND o.amount > 0 AND o.due < CURRENT_DATE)
SELECT late.partner_id, line.id FROM line JOIN late ON late.currency_id = line.currency_id AND late.amount_currency = line.amount
 UNION
SELECT late.partner_id, line.id FROM line JOIN late ON late.currency_id = line.currency_id AND late.running = line.amount
 UNION
SELECT late.partner_id, line.id FROM line JOIN late ON late.partner_id = line.partner_id
 UNION
SELECT p.id, line.id FROM line JOIN res_partner p ON upper(p.name) = upper(line.partner_name)
 UNION
SELECT b.partner_id, line.id FROM line JOIN res_partner_bank b ON b.sanitized_acc_number = line.account_number
 UNION
SELECT late.partner_id, line.id FROM late JOIN account_move m ON m.id = late.move_id
  JOIN line ON strpos(line.text, regexp_replace(upper(m.name), '[^A-Z0-9]', '', 'g')) > 0
