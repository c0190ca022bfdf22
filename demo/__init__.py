"""The main job on real input: dispatch 908 with simulated people, checked against a prediction."""
