-- The commonest flows: from which kind of system to which, with what data.
SELECT
  f.from_kind,
  f.to_kind,
  COALESCE(f.entity, 'not stated') AS entity,
  COUNT(DISTINCT f.client) AS clients,
  COUNT(*) AS flows,
  SUM(s.hours_per_week) AS hours_per_week
FROM flows f
JOIN scores s ON s.client = f.client AND s.flow = f.flow
WHERE s.rank IS NOT NULL
GROUP BY f.from_kind, f.to_kind, COALESCE(f.entity, 'not stated')
ORDER BY clients DESC, hours_per_week DESC, f.from_kind, f.to_kind, entity
