-- Lower quartile, median and upper quartile of the hours a week of a client, and of
-- the build cost and the payback of a flow, by sector and by size. They are of type
-- 7: linear between ranks. A payback that never comes counts as longer than all
-- others; a quartile among those is null. A group in which nothing has a build cost
-- has no row of them.
WITH members AS (
  SELECT client, currency, 'sector' AS grouped_by, COALESCE(sector, 'not stated') AS name, hours_per_week FROM clients
  UNION ALL
  SELECT client, currency, 'size' AS grouped_by, size AS name, hours_per_week FROM clients
),
measured AS (
  SELECT grouped_by, name, currency, 'hours_per_week' AS measure, hours_per_week AS x FROM members
  UNION ALL
  SELECT m.grouped_by, m.name, m.currency, 'build_cost' AS measure, s.build_cost AS x
  FROM members m JOIN scores s ON s.client = m.client
  WHERE s.rank IS NOT NULL AND s.build_cost IS NOT NULL
  UNION ALL
  SELECT m.grouped_by, m.name, m.currency, 'payback_months' AS measure, COALESCE(s.payback_months, CAST(100000000 AS DECIMAL(18,6))) AS x
  FROM members m JOIN scores s ON s.client = m.client
  WHERE s.rank IS NOT NULL
),
ranked AS (
  SELECT grouped_by, name, currency, measure, x,
    ROW_NUMBER() OVER (PARTITION BY grouped_by, name, currency, measure ORDER BY x) AS place,
    COUNT(*) OVER (PARTITION BY grouped_by, name, currency, measure) AS n
  FROM measured
),
ends AS (
  SELECT r.grouped_by, r.name, r.currency, r.measure, q.quarter,
    MAX(CASE WHEN r.place = ((r.n - 1) * q.quarter - MOD((r.n - 1) * q.quarter, 4)) / 4 + 1 THEN r.x END) AS below,
    MAX(CASE WHEN r.place = ((r.n - 1) * q.quarter - MOD((r.n - 1) * q.quarter, 4)) / 4 + 2 THEN r.x END) AS above,
    MAX(MOD((r.n - 1) * q.quarter, 4)) AS part
  FROM ranked r
  CROSS JOIN (SELECT 1 AS quarter UNION ALL SELECT 2 AS quarter UNION ALL SELECT 3 AS quarter) q
  GROUP BY r.grouped_by, r.name, r.currency, r.measure, q.quarter
),
quartiles AS (
  SELECT grouped_by, name, currency, measure, quarter,
    CASE WHEN part = 0 THEN below ELSE below + (above - below) * CAST(part AS DECIMAL(3,0)) * 0.25 END AS x
  FROM ends
)
SELECT grouped_by, name, currency, measure,
  MAX(CASE WHEN quarter = 1 AND x < 10000000 THEN x END) AS p25,
  MAX(CASE WHEN quarter = 2 AND x < 10000000 THEN x END) AS p50,
  MAX(CASE WHEN quarter = 3 AND x < 10000000 THEN x END) AS p75
FROM quartiles
GROUP BY grouped_by, name, currency, measure
ORDER BY grouped_by, name, currency, measure
