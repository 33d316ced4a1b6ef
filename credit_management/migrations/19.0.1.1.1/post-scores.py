"""What is kept of a score's factors no longer repeats what its version says of them."""

SHORTEN = """
    UPDATE credit_score s
       SET lines = (
           SELECT jsonb_agg(jsonb_build_array(l.found->'value', l.found->'reason', l.found->'points', l.found->'share')
                            ORDER BY l.number)
             FROM jsonb_array_elements(s.lines) WITH ORDINALITY l (found, number))
     WHERE jsonb_typeof(s.lines->0) = 'object'
"""


def migrate(cr, version):
    """Shorten what scores keep of their factors."""
    cr.execute(SHORTEN)
