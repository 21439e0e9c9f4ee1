# named: sign
def turned_round(num, den, dnum, dden):
    return (num * dden - den * dnum) / den**2


# named: added
def plus(num, den, dnum, dden):
    return (den * dnum + num * dden) / den**2


# named: not_squared
def below_once(num, den, dnum, dden):
    return (den * dnum - num * dden) / den


# named: not_divided
def above_alone(num, den, dnum, dden):
    return den * dnum - num * dden


# named: quotient_of_slopes
def slopes_alone(num, den, dnum, dden):
    return dnum / dden


# named: product_rule
def of_a_product(num, den, dnum, dden):
    return num * dden + dnum * den


# named: numerator_alone
def constant_denominator(num, den, dnum, dden):
    return dnum / den


# named: denominator_alone
def constant_numerator(num, den, dnum, dden):
    return -num * dden / den**2


# named: factors_swapped
def own_slopes(num, den, dnum, dden):
    return (num * dnum - den * dden) / den**2


# named: numerator_squared
def wrong_square(num, den, dnum, dden):
    return (den * dnum - num * dden) / num**2


# odd: no result where there are several numbers
def of_single_numbers(num, den, dnum, dden):
    return float((den * dnum - num * dden) / den**2)
