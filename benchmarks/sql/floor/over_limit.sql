-- Profiles over their limit, in the order of their list: exposure as in the other files.
WITH {limits}
SELECT f.id FROM effective f JOIN ({exposure}) e ON e.partner_id = f.partner_id AND e.company_id = f.company_id
  JOIN res_partner p ON p.id = f.partner_id JOIN res_company c ON c.id = f.company_id
 WHERE e.exposure > f.amount
 ORDER BY p.complete_name, p.id DESC, c.sequence, c.name, f.id
