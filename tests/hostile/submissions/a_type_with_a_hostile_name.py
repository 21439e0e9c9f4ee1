"""Returns an object whose class has markup and escapes for its name."""

# status: failed
# says: of type <script>
# proof: lying

Nameless = type("<script>alert(1)</script>\x1b[2J" + "x" * 10**5, (), {})


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return Nameless()
