"""The model engine: a chat model phrases moves and reads exchanges; code checks both."""
