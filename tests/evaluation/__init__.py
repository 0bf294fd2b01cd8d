"""What people type, with what an attentive person would note of it; ``make evaluate`` measures the product on it."""
