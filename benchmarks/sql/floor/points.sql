-- Points of a payment by its days late: 80 on time, 50 a month late, 20 four months late.
CASE WHEN days <= -30 THEN 100 WHEN days <= -20 THEN 100 - (days + 30) WHEN days <= 0 THEN 90 - (days + 20) * 0.5
     WHEN days <= 15 THEN 80 - days * 10 / 15.0 WHEN days <= 22 THEN 70 - (days - 15) * 10 / 7.0
     WHEN days <= 30 THEN 60 - (days - 22) * 1.25 WHEN days <= 120 THEN 50 - (days - 30) / 3.0 ELSE 0 END